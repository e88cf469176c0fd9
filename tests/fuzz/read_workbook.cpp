// Reads any bytes as a workbook against a form with a question of every type. Bytes that do not
// begin as an archive are the parts of one: each behind a line "== " and its name. Every cell must
// be counted, and whatever was read must have a canonical form that reads back to the same bytes.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "readers/submission_writer.hpp"
#include "readers/workbook_reader.hpp"
#include "tests/readers/submission_fixture.hpp"
#include "tests/support/archive.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::string archive_of(std::string_view text) {
  constexpr std::string_view kMark = "== ";
  cosp::test::Parts parts;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.starts_with(kMark))
      parts.emplace_back(line.substr(kMark.size()), "");
    else if (!parts.empty())
      parts.back().second.append(line).append("\n");
  }
  for (auto& [name, content] : parts)
    if (name == "mimetype" && !content.empty()) content.pop_back();
  return cosp::test::zip_of(parts, true);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static cosp::WorkbookReader reader;
  static cosp::SubmissionReader json;
  const cosp::Form& form = cosp::test::all_types_form();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (!bytes.starts_with("PK")) bytes = archive_of(bytes);
  reader.head(bytes);
  const cosp::ReadWorkbook read = reader.read(bytes, form);
  const cosp::WorkbookCounts& counts = read.counts;
  require(counts.imported + counts.rejected + counts.ignored == counts.read);
  require(read.submission.answers.size() == form.questions().size());
  if (read.is_unreadable) {
    require(read.findings.size() == 1);
    return 0;
  }
  const std::string canonical = canonical_json(form, read.submission);
  const std::string contacts = contacts_json(form, read.submission);
  std::string joined = "{\"contacts\":" + contacts + "," + canonical.substr(1);
  const cosp::ReadSubmission again = json.read(joined, form);
  require(!again.is_unreadable);
  require(canonical_json(form, again.submission) == canonical);
  require(contacts_json(form, again.submission) == contacts);
  return 0;
}
