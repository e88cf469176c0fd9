/// Reading a submission from its JSON form (docs/formats/submission.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// Limits on what is read from a party's file. The defaults are the ones the server uses.
struct ReadLimits {
  std::uint64_t bytes = 20u << 20;  ///< of the file; beyond it is unreadable
  std::uint32_t depth = 32;         ///< brackets open at once; beyond it is unreadable
  std::uint32_t values =
      1'000'000;  ///< values of the file, members and elements; beyond it is unreadable
  std::uint32_t rows =
      2'000;  ///< per register; the rows beyond are not read, and a finding says so
  std::uint32_t text_bytes = 1u << 20;  ///< of one text in one language; a longer one is rejected
  std::uint32_t unknown = 1'000;        ///< answers of unknown codes that are kept
  std::uint32_t findings = 10'000;      ///< the last one says that there are more
};

/// Whom and what a file is about, read before the form is known. Empty where absent.
struct SubmissionHead {
  std::string form_id;
  std::string form_version;
  std::string cycle;
  std::string submitter;
};

/// Findings are located (line and column) and in stable order. An unreadable file has one finding,
/// the first problem in it, and an empty submission.
struct ReadSubmission {
  Submission submission;
  std::vector<Finding> findings;
  bool is_unreadable = false;
};

/// Reads submissions, one after the other; keeps its buffers. One thread at a time: give each
/// thread its own.
class SubmissionReader {
 public:
  SubmissionReader();
  SubmissionReader(SubmissionReader&&) noexcept;
  SubmissionReader& operator=(SubmissionReader&&) noexcept;
  ~SubmissionReader();

  /// Tolerant: what cannot be read is empty, and `read` will say why. Room behind the bytes may be
  /// reserved.
  SubmissionHead head(std::string& bytes, const ReadLimits& limits = {});

  /// Reads against a form. Nothing in `bytes` is an error of ours: whatever stands there becomes
  /// answers and findings. The bytes stay as they are, but room behind them may be reserved
  /// (read_file with a padding of kPadding saves the copy); the result keeps no reference to them
  /// or to the form. Does not share closings.
  ReadSubmission read(std::string& bytes, const Form& form, const ReadLimits& limits = {});

  static constexpr std::size_t kPadding = 64;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
