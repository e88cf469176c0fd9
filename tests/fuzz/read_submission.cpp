// Reads any bytes as a submission against a form with a question of every type. Whatever was read
// must have a canonical form that reads back to the same bytes, and every finding a place within
// the file.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "readers/submission_reader.hpp"
#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static cosp::SubmissionReader reader;
  const cosp::Form& form = cosp::test::all_types_form();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  reader.head(bytes);
  const cosp::ReadSubmission read = reader.read(bytes, form);
  for (const cosp::Finding& finding : read.findings)
    require(finding.source == cosp::kNone || finding.source <= size);
  require(read.submission.answers.size() == form.questions().size());
  if (read.is_unreadable) {
    require(read.findings.size() == 1);
    return 0;
  }
  // A form of another id leaves the answers unread, and its canonical form is read as that again.
  const std::string canonical = canonical_json(form, read.submission);
  const std::string contacts = contacts_json(form, read.submission);
  std::string joined = "{\"contacts\":" + contacts + "," + canonical.substr(1);
  const cosp::ReadSubmission again = reader.read(joined, form);
  require(!again.is_unreadable);
  require(canonical_json(form, again.submission) == canonical);
  require(contacts_json(form, again.submission) == contacts);
  return 0;
}
