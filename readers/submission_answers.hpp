/// Reading one answer: its value by the type of its question, or the reason why there is none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/form.hpp"
#include "model/submission.hpp"
#include "readers/json_tree.hpp"
#include "readers/submission_findings.hpp"
#include "readers/submission_reader.hpp"

namespace cosp {

/// Which row of a register has an id; of two rows of one id the first.
class RowIndex {
 public:
  void clear(std::size_t registers) { rows_.assign(registers, {}); }
  /// The ids of a register's rows in their order, of any length; they must outlive this.
  void set(std::uint32_t registry, const std::vector<std::string_view>& ids);
  std::uint32_t find(std::uint32_t registry, std::string_view id) const;

 private:
  std::vector<std::vector<std::pair<std::string_view, std::uint32_t>>> rows_;
};

/// Texts by language as they stand in the file, and what was wrong with them.
struct TextReading {
  std::vector<LocalText> texts;  ///< in the order of their tags
  std::string_view fault;        ///< a kind of finding; empty: none
  const JsonNode* at = nullptr;  ///< where the fault is
  const JsonNode* unknown_original = nullptr;
};

/// The members of an answer in its long form.
std::span<const std::string_view> long_form_members();

class AnswerReader {
 public:
  AnswerReader(const Form& form, const ReadLimits& limits, JsonTree json, const RowIndex& rows,
               Submission& submission, ReadFindings& findings)
      : form_(form),
        limits_(limits),
        json_(json),
        rows_(rows),
        submission_(submission),
        findings_(findings) {}

  /// Reads the answer that stands in `node`. `floor` is the least visibility of the place.
  Answer read(const Field& field, Visibility floor, const Place& place, const JsonNode& node);

  /// A text in the submission's language, or a map of texts. The result dies with the next call.
  TextReading& read_texts(const JsonNode& node, const JsonNode* original);

 private:
  enum class Taken { nothing, value, rejected };
  static constexpr std::uint32_t kItemBytes =
      1'000;  ///< of an e-mail address, a code, an author's name
  struct LongForm;

  void read_long(const LongForm& parts, Answer& answer);
  void read_reason(const LongForm& parts, Answer& answer);
  bool read_detail(const LongForm& parts, Answer& answer, AnswerExtra& extra);
  void read_company(const LongForm& parts, Answer& answer, AnswerExtra& extra);
  void read_visibility(const JsonNode& node, Answer& answer);
  void take(Taken taken, Answer& answer);

  Taken value(const JsonNode& node, const JsonNode* original, Answer& answer);
  Taken option(const JsonNode& node, Answer& answer);
  Taken options(const JsonNode& node, Answer& answer);
  Taken number(const JsonNode& node, Decimal& number);
  Taken money(const JsonNode& node, Answer& answer);
  Taken texts(const JsonNode& node, const JsonNode* original, Answer& answer);
  Taken date(const JsonNode& node, Date& date);
  Taken period(const JsonNode& node, Answer& answer);
  Taken item(const JsonNode& node, Answer& answer);
  Taken languages(const JsonNode& node, Answer& answer);
  Taken row_numbers(const JsonNode& node, std::uint32_t registry,
                    std::vector<std::uint32_t>& numbers);
  Taken provisions(const JsonNode& node, std::vector<std::uint32_t>& numbers);
  Taken numbers(Taken taken, Answer& answer);

  Taken reject(std::string_view id, const JsonNode& at);
  Taken wrong_type(const JsonNode& at, std::string_view expected);
  Taken too_long(const JsonNode& at, std::uint64_t most_bytes);
  void report_texts(const TextReading& reading);
  std::string_view text_fault(const JsonNode& node) const;
  std::string canonical_tag(std::string_view tag);

  const Form& form_;
  const ReadLimits& limits_;
  JsonTree json_;
  const RowIndex& rows_;
  Submission& submission_;
  ReadFindings& findings_;

  // What is being read.
  const Field* field_ = nullptr;
  Place place_;
  Visibility floor_ = Visibility::open;

  TextReading reading_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::pair<std::string, std::string>> tags_;  ///< as written, canonical
};

}  // namespace cosp
