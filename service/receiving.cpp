#include "service/receiving.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

#include "service/submission_file.hpp"

namespace cosp {
namespace {

NewArrival arrival_of(const PreparedForm& form, const Cycle& cycle, Upload& upload,
                      const CheckedSubmission& checked) {
  NewArrival arrival;
  arrival.cycle = cycle.id;
  arrival.submitter = upload.token.submitter;
  arrival.received_at = upload.received_at;
  arrival.media_type = std::move(upload.media_type);
  arrival.original = std::move(upload.bytes);
  arrival.outcome = checked.report.outcome;
  arrival.token_id = upload.token.id;
  if (!checked.submission) return arrival;
  arrival.stage = checked.submission->header.stage;
  arrival.form_id = form.form.id();
  arrival.form_version = form.form.version();
  arrival.structure_digest = form.form.structure_digest();
  arrival.rules_digest = form.form.rules_digest();
  arrival.cycle_digest = cycle.digest;
  arrival.canonical = checked.canonical;
  arrival.digest = checked.report.digests.submission;
  arrival.contacts = checked.contacts;
  arrival.contacts_digest = checked.report.digests.contacts;
  return arrival;
}

/// The number that a stored revision's file gave itself, as its canonical form has it.
std::uint32_t stated_revision(const StoredRevision& revision) {
  const auto json = nlohmann::json::parse(revision.canonical, nullptr, false);
  return json.is_object() ? json.value("revision", 0u) : 0;
}

Result<std::optional<std::uint32_t>> find_passed_over(Store& store, const Cycle& cycle,
                                                      const Submission& submission) {
  const auto revisions = store.revisions(cycle.id, submission.header.submitter);
  if (!revisions) return revisions.error();
  if (revisions->empty()) return std::optional<std::uint32_t>();
  const auto latest =
      store.revision(cycle.id, submission.header.submitter, revisions->back().revision);
  if (!latest) return latest.error();
  const std::uint32_t stated = *latest ? stated_revision(**latest) : 0;
  return submission.header.revision < stated ? std::optional(stated) : std::nullopt;
}

}  // namespace

Result<Received> receive(const PreparedForm& form, const Cycle& cycle, Store& store,
                         SubmissionFileReader& reader, Upload upload) {
  Received received;
  received.checked = check_bytes(form, reader, "", upload.bytes, {&cycle, nullptr, std::nullopt},
                                 upload.media_type);
  const Submission* submission = received.checked.submission.get();
  if (submission != nullptr && !submission->header.submitter.empty() &&
      submission->header.submitter != upload.token.submitter) {
    received.is_foreign = true;
    return received;
  }
  if (submission != nullptr) {
    auto passed_over = find_passed_over(store, cycle, *submission);
    if (!passed_over) return passed_over.error();
    received.passed_over = *passed_over;
  }
  auto receipt = store.receive(arrival_of(form, cycle, upload, received.checked));
  if (!receipt) return receipt.error();
  received.receipt = std::move(*receipt);
  return received;
}

Result<CheckedSubmission> report_again(const PreparedForm& form, const Cycle& cycle, Store& store,
                                       SubmissionFileReader& reader,
                                       const StoredRevision& revision) {
  auto bytes = store.original(revision.arrival);
  if (!bytes && bytes.error().kind != Error::Kind::not_found) return bytes.error();
  std::string text;
  if (bytes)
    text = std::move(*bytes);
  else
    text = revision.canonical;
  return check_bytes(form, reader, "", text, {&cycle, nullptr, std::nullopt});
}

Result<std::vector<StoredSubmission>> stored_finals(const PreparedForm& form, const Cycle& cycle,
                                                    Store& store) {
  auto revisions = store.latest_finals(cycle.id);
  if (!revisions) return revisions.error();
  std::vector<StoredSubmission> finals;
  finals.reserve(revisions->size());
  SubmissionFileReader reader;
  for (StoredRevision& revision : *revisions) {
    StoredSubmission stored;
    std::string text = std::move(revision.canonical);
    stored.checked = check_bytes(form, reader, revision.submitter + ".json", text,
                                 {&cycle, nullptr, std::nullopt});
    stored.revision = std::move(revision);
    finals.push_back(std::move(stored));
  }
  return finals;
}

std::string utc_now() {
  const auto now = std::chrono::system_clock::now();
  const auto since =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = static_cast<std::time_t>(since / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  return fmt::format("{}.{:03}Z", text.data(), since % 1000);
}

}  // namespace cosp
