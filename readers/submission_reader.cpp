#include "readers/submission_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "readers/json_tree.hpp"
#include "readers/submission_body.hpp"
#include "readers/submission_findings.hpp"
#include "readers/submission_header.hpp"

namespace cosp {

struct SubmissionReader::Implementation {
  JsonParser parser;
};

namespace {

JsonLimits json_limits(const ReadLimits& limits) {
  // Offsets are of four bytes, and kNone is none.
  const std::uint64_t most =
      std::min<std::uint64_t>(limits.bytes, std::numeric_limits<std::uint32_t>::max() - 1);
  return {most, limits.depth, limits.values};
}

/// A file of another form: to hold its answers against this one would only repeat that.
bool is_of_other_form(const Form& form, const SubmissionHeader& header) {
  return !header.form_id.empty() && header.form_id != form.id();
}

/// No answer, and none to be asked for.
void reject_all(const Form& form, Submission& submission) {
  submission.answers.resize(form.questions().size());
  submission.registers.resize(form.registers().size());
  for (Answer& answer : submission.answers) answer.is_rejected = true;
}

}  // namespace

SubmissionReader::SubmissionReader() : implementation_(std::make_unique<Implementation>()) {}
SubmissionReader::SubmissionReader(SubmissionReader&&) noexcept = default;
SubmissionReader& SubmissionReader::operator=(SubmissionReader&&) noexcept = default;
SubmissionReader::~SubmissionReader() = default;

SubmissionHead SubmissionReader::head(std::string& bytes, const ReadLimits& limits) {
  constexpr std::array<JsonParser::Path, 4> kPaths = {
      {{"form", "id"}, {"form", "version"}, {"cycle", ""}, {"submitter", "code"}}};
  std::vector<std::string> picked =
      implementation_->parser.pick(bytes, kPaths, json_limits(limits));
  return {std::move(picked[0]), std::move(picked[1]), std::move(picked[2]), std::move(picked[3])};
}

ReadSubmission SubmissionReader::read(std::string& bytes, const Form& form,
                                      const ReadLimits& limits) {
  ReadSubmission result;
  if (auto fault = implementation_->parser.parse(bytes, json_limits(limits))) {
    result.is_unreadable = true;
    result.findings.push_back(unreadable_finding(*fault));
    reject_all(form, result.submission);
    locate(result.findings, bytes);
    return result;
  }
  const JsonTree json = implementation_->parser.tree();
  ReadFindings findings(form, result.findings, limits.findings);
  if (byte_order_mark_size(bytes) != 0) findings.add("byte-order-mark", std::string{}, 0);
  read_header(form, json, result.submission.header, findings);
  if (is_of_other_form(form, result.submission.header)) {
    reject_all(form, result.submission);
  } else {
    read_body(form, limits, json, result.submission, findings);
  }
  findings.finish(json);
  locate(result.findings, bytes);
  sort_findings(result.findings);
  return result;
}

}  // namespace cosp
