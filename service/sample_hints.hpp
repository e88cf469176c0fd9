/// What made-up submissions are to look like, as data: `sample.yaml` in a form's folder, and texts
/// for any form in `data/samples/texts.yaml` (docs/formats/samples.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace cosp {

/// Each is looked up by the whole code of a question ("block.suffix") or column
/// ("register.column"), then by its suffix or the column's own code. What nothing is said of is
/// drawn evenly.
class SampleHints {
 public:
  /// A file that does not exist adds nothing. Errors: `bad_input` with every mistake, a line each.
  Result<void> add(const std::filesystem::path& file);

  /// Weight of an option, 10 unless told; 0: never drawn.
  std::uint32_t weight(std::string_view code, std::string_view suffix,
                       std::string_view option) const;
  std::optional<std::pair<std::int64_t, std::int64_t>> figures(std::string_view code,
                                                               std::string_view suffix) const;
  /// A text in the language, else in English; of the pool of the code or suffix, else of the
  /// general pool named. The same lot finds the same place in every pool of one size, so that a
  /// title and its summary belong together.
  std::string text(std::string_view code, std::string_view suffix, std::string_view general,
                   std::string_view language, std::uint64_t lot) const;
  /// Number of rows a register gets, 1 to 4 unless told.
  std::pair<std::int64_t, std::int64_t> rows(std::string_view registry) const;

 private:
  using Pool = std::map<std::string, std::vector<std::string>, std::less<>>;  ///< by language
  std::map<std::string, std::map<std::string, std::uint32_t, std::less<>>, std::less<>> weights_;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>, std::less<>> figures_, rows_;
  std::map<std::string, Pool, std::less<>> texts_;
};

}  // namespace cosp
