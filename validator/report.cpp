#include "validator/report.hpp"

namespace cosp {

Report make_report(const Form& form, const Submission& submission, std::string file,
                   std::vector<Finding> findings, std::vector<Unchecked> unchecked,
                   const Cycle* cycle) {
  Report report;
  report.file = std::move(file);
  report.header = submission.header;
  report.outcome = outcome_of(findings);
  for (const Finding& finding : findings)
    report.places.push_back(place_name(form, submission, finding.place));
  report.findings = std::move(findings);
  report.unchecked = std::move(unchecked);
  if (cycle) {
    if (cycle->knows(submission.header.submitter))
      report.due = cycle->deadline(submission.header.submitter);
    report.is_extended = report.due && cycle->is_extended(submission.header.submitter);
    report.digests.cycle = cycle->digest;
  }
  report.digests.structure = form.structure_digest();
  report.digests.rules = form.rules_digest();
  return report;
}

Report make_unreadable_report(std::string file, std::vector<Finding> findings) {
  Report report;
  report.file = std::move(file);
  report.outcome = Outcome::unreadable;
  report.places.resize(findings.size());
  report.findings = std::move(findings);
  return report;
}

}  // namespace cosp
