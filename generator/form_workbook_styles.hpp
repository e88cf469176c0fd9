/// The formats of the workbook's cells, each made once. For generator/ only.
#pragma once

#include <array>
#include <cstdint>

#include "generator/workbook_sheet.hpp"

namespace cosp {

enum class Look : std::uint8_t {
  // What the program says
  title,
  mark,
  notice,
  link,
  section,  ///< heading of a part of the cover
  words,
  plain,  ///< words that run on over the cells beside them
  side,   ///< words beside a frame
  heading,
  count_heading,
  block,
  number,
  standing,
  standing_of_line,
  provision,
  question,
  line,
  limits,
  row_id,
  row_id_heading,  ///< shows the word for numbers, whatever is in it
  counted,
  hidden,
  known,  ///< an answer that is settled
  known_date,
  bold_run,  ///< within a text
  plain_run,
  // What is filled in
  text,
  choice,
  tick,
  whole_number,
  header_number,
  figure,
  date,
};
inline constexpr int kLookCount = static_cast<int>(Look::date) + 1;

class WorkbookStyles {
 public:
  /// `number_word` heads columns of numbers.
  WorkbookStyles(WorkbookFile& file, std::string_view language, const std::string& number_word);
  lxw_format* operator[](Look look) const { return formats_.at(static_cast<std::size_t>(look)); }
  /// Of rows that are not asked, and of words that call for an answer.
  lxw_format* not_asked() const { return not_asked_; }
  lxw_format* required() const { return required_; }

 private:
  std::array<lxw_format*, kLookCount> formats_{};
  lxw_format* not_asked_ = nullptr;
  lxw_format* required_ = nullptr;
};

}  // namespace cosp
