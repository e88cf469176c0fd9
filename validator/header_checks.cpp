#include "validator/header_checks.hpp"

#include <algorithm>
#include <string>

#include "validator/answer_words.hpp"
#include "validator/engine_findings.hpp"

namespace cosp {
namespace {

/// What the file does not say at all, reading it has told.
class HeaderChecks {
 public:
  HeaderChecks(const Evaluation& evaluation, Stage stage, std::vector<Finding>& findings)
      : evaluation_(evaluation),
        form_(evaluation.form()),
        submission_(evaluation.submission()),
        header_(evaluation.submission().header),
        cycle_(evaluation.surroundings().cycle),
        stage_(stage),
        findings_(findings) {}

  void run() {
    check_release();
    for (std::uint32_t i = 0; i < form_.questions().size(); ++i) check_binding(i);
    check_admission();
    if (!cycle_) return;
    if (!header_.cycle.empty() && header_.cycle != cycle_->id)
      add("wrong-cycle", header_.cycle, cycle_->id, "/cycle", header_.cycle_source);
    check_submitter();
    check_purpose();
    check_period();
  }

 private:
  Finding& add(std::string_view id, std::string_view written, std::string_view expected,
               std::string_view pointer, std::uint32_t source) {
    Finding finding = make_engine_finding(id, stage_, {});
    finding.written = shorten_written(written);
    finding.expected = expected;
    finding.pointer = pointer;
    finding.source = source;
    finding.arguments = {{"written", finding.written}, {"expected", finding.expected}};
    return findings_.emplace_back(std::move(finding));
  }

  /// Puts the labels of a vocabulary in place of its words, for readers.
  static void name_words(Finding& finding, const std::string& vocabulary) {
    for (auto& [name, value] : finding.arguments)
      if (const auto* word = std::get_if<std::string>(&value); word && !word->empty())
        value = TextName{vocabulary + "." + *word};
  }

  /// Reading a file tells of a foreign form too; it is told once.
  bool is_release_told() const {
    return std::any_of(findings_.begin(), findings_.end(), [](const Finding& finding) {
      return finding.rule == "form-mismatch" || finding.rule == "structure-mismatch";
    });
  }

  void check_release() {
    if (is_release_told() || header_.form_id.empty() || header_.form_version.empty()) return;
    const std::string own = std::string(form_.id()) + " " + std::string(form_.version());
    const std::string named = header_.form_id + " " + header_.form_version;
    const bool is_foreign = named != own;
    const bool is_changed =
        !header_.structure_digest.empty() && header_.structure_digest != form_.structure_digest();
    if (is_foreign)
      add_release(named, own, header_.form_id == form_.id());
    else if (is_changed)
      add("wrong-release", header_.structure_digest, form_.structure_digest(), "/form/structure",
          header_.structure_source)
          .text = "finding.structure-differs";
    if (is_foreign || is_changed || !cycle_) return;
    const auto is_own = [&](const FormRelease& release) {
      return release.id == form_.id() && release.version == form_.version();
    };
    if (std::none_of(cycle_->forms.begin(), cycle_->forms.end(), is_own)) {
      const FormRelease& target = cycle_->forms.front();
      add_release(named, target.id + " " + target.version, header_.form_id == target.id);
    }
  }

  void add_release(const std::string& named, const std::string& expected, bool is_of_same_form) {
    if (is_of_same_form)
      add("wrong-release", named, expected, "/form/version", header_.version_source);
    else
      add("wrong-release", named, expected, "/form/id", header_.form_source);
  }

  /// Whose form it is. A body is accredited by the cycle, so that without one it is nobody.
  void check_admission() {
    const bool is_of_other_form = !header_.form_id.empty() && header_.form_id != form_.id();
    if (header_.submitter.empty() || is_of_other_form) return;  // that is told already
    const SubmitterKind kind = header_.submitter_kind;
    if (!form_.admits(kind))
      name_words(add("submitter-not-admitted", to_string(kind), "", "/submitter/kind",
                     header_.kind_source),
                 "submitter_kind");
    else if (kind == SubmitterKind::body && !cycle_)
      add("submitter-not-admitted", header_.submitter, "", "/submitter/code",
          header_.submitter_source)
          .text = "finding.submitter-without-cycle";
  }

  void check_submitter() {
    if (header_.submitter.empty()) return;
    const auto& bodies = cycle_->bodies;
    const bool is_body = header_.submitter_kind == SubmitterKind::body &&
                         std::find(bodies.begin(), bodies.end(), header_.submitter) != bodies.end();
    const RosterEntry* entry = cycle_->roster.find(header_.submitter);
    if (!entry && !is_body) {
      add("submitter-unknown", header_.submitter, "", "/submitter/code", header_.submitter_source);
      return;
    }
    if (entry && entry->kind != header_.submitter_kind)
      name_words(add("submitter-kind-differs", to_string(header_.submitter_kind),
                     to_string(entry->kind), "/submitter/kind", header_.kind_source),
                 "submitter_kind");
    if (entry && !cycle_->expects(header_.submitter))
      add("not-expected", header_.submitter, "", "/submitter/code", header_.submitter_source);
  }

  void check_purpose() {
    if (header_.purpose != cycle_->purpose)
      name_words(add("purpose-differs", to_string(header_.purpose), to_string(cycle_->purpose),
                     "/purpose", header_.purpose_source),
                 "purpose");
    const bool is_test = header_.purpose == Purpose::test || cycle_->purpose == Purpose::test;
    if (is_test && !cycle_->roster.is_invented && !header_.submitter.empty())
      add("real-state-in-test", header_.submitter, "", "/submitter/code", header_.submitter_source);
  }

  void check_period() {
    if (!header_.period) return;
    const Period& period = *header_.period;
    const Period own = cycle_->period_of(header_.submitter);
    const Date first = std::min(own.start, cycle_->period.start);
    const Date last = std::max(own.end, cycle_->period.end);
    const std::string written = period.start.to_string() + " – " + period.end.to_string();
    if (period.start < first || period.end > last)
      add("period-outside-cycle", written, first.to_string() + " – " + last.to_string(), "/period",
          header_.period_source);
  }

  /// What the header says where the question repeats it; empty where it says nothing, which then
  /// differs from nothing.
  std::string header_value(Binding binding) const {
    switch (binding) {
      case Binding::none: break;
      case Binding::submitter: return header_.submitter;
      case Binding::language: return header_.language;
      case Binding::organization:
        return header_.submitter_kind == SubmitterKind::organization ? "yes" : "no";
      case Binding::period:
        if (!header_.period) break;
        return header_.period->start.to_string() + " – " + header_.period->end.to_string();
    }
    return {};
  }

  void check_binding(std::uint32_t index) {
    const Question& question = form_.question(index);
    if (question.bind == Binding::none) return;
    const Answer& answer = evaluation_.answer(index);
    const std::string expected = header_value(question.bind);
    if (!answer.has_value() || expected.empty()) return;
    const std::string written = written_answer(form_, submission_, question, answer);
    if (written == expected) return;
    const Place place{.question = index};
    Finding& finding = add("header-differs", written, expected,
                           json_pointer(form_, submission_, place), answer.source);
    finding.place = place;
    if (!is_choice(question.type)) return;
    finding.arguments = {{"written", readable_answer(form_, submission_, question, answer)}};
    const std::uint32_t option = form_.find_option(question.list, expected);
    if (option != kNone)
      finding.arguments.emplace_back("expected",
                                     TextReference{form_.options_of(question.list)[option].label});
  }

  const Evaluation& evaluation_;
  const Form& form_;
  const Submission& submission_;
  const SubmissionHeader& header_;
  const Cycle* cycle_;
  Stage stage_;
  std::vector<Finding>& findings_;
};

}  // namespace

void check_header(const Evaluation& evaluation, Stage stage, std::vector<Finding>& findings) {
  HeaderChecks(evaluation, stage, findings).run();
}

}  // namespace cosp
