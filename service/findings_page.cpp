#include "service/findings_page.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/language.hpp"
#include "validator/finding_text.hpp"
#include "validator/report_counts.hpp"

namespace cosp {
namespace {

using enum ShapeKind;

constexpr ShapeMember kText[] = {{"text"}};
constexpr ShapeMember kMember[] = {{"name"}, {"text"}};
constexpr ShapeMember kFilter[] = {{"id"}, {"css"}, {"label"}};
constexpr ShapeMember kFinding[] = {{"id"},
                                    {"css"},
                                    {"number"},
                                    {"severity"},
                                    {"rule"},
                                    {"place"},
                                    {"headings", list, kText},
                                    {"positions", list, kText},
                                    {"message"},
                                    {"members", list, kMember}};
constexpr ShapeMember kFile[] = {{"id"},
                                 {"name"},
                                 {"marks", list, kText},
                                 {"lines", list, kText},
                                 {"outcome"},
                                 {"findings", list, kFinding},
                                 {"none", list, kText},
                                 {"has_unchecked", flag},
                                 {"unchecked", list, kText}};
constexpr ShapeMember kPage[] = {{"lang"},
                                 {"dir"},
                                 {"title"},
                                 {"subtitle"},
                                 {"verdict"},
                                 {"severities", list, kFilter},
                                 {"chapters", list, kFilter},
                                 {"files", list, kFile},
                                 {"basis"},
                                 {"word_skip"},
                                 {"word_show"},
                                 {"word_all"},
                                 {"word_not_checked"}};

TemplateList one(std::string text) {
  TemplateList list;
  if (!text.empty()) list.emplace_back().set("text", std::move(text));
  return list;
}

class Page {
 public:
  Page(const Form& form, std::string_view language) : form_(form), texts_(form, language) {}

  TemplateObject make(std::span<const Report> reports) {
    TemplateObject page;
    page.set("lang", texts_.language())
        .set("dir", is_right_to_left(texts_.language()) ? "rtl" : "ltr");
    page.set("title", texts_.phrase("report.page_title"));
    page.set("subtitle", fmt::format("{} {}", form_.id(), form_.version()));
    page.set("verdict", verdict(reports));
    page.set("severities", severities(reports)).set("chapters", chapters(reports));
    TemplateList files;
    for (std::size_t i = 0; i < reports.size(); ++i) files.push_back(file(reports[i], i + 1));
    page.set("files", std::move(files));
    page.set("basis",
             texts_.phrase("report.basis", {{"form", std::string(form_.id())},
                                            {"version", std::string(form_.version())},
                                            {"structure", std::string(form_.structure_digest())},
                                            {"rules", std::string(form_.rules_digest())},
                                            {"texts", std::string(text_digest())}}));
    page.set("word_skip", texts_.phrase("document.skip"));
    page.set("word_show", texts_.phrase("report.show"));
    page.set("word_all", texts_.phrase("report.all_chapters"));
    page.set("word_not_checked", texts_.phrase("report.not_checked"));
    return page;
  }

 private:
  std::string_view text_digest() const {
    return form_.string(form_.tables().text_digests[form_.language(texts_.language())]);
  }

  std::string verdict(std::span<const Report> reports) {
    const FindingCounts counts = count_findings(reports);
    return texts_.phrase("verdict.counts", {{"blockers", counts.of(Severity::blocker)},
                                            {"errors", counts.of(Severity::error)},
                                            {"warnings", counts.of(Severity::warning)},
                                            {"infos", counts.of(Severity::info)},
                                            {"explained", counts.explained}});
  }

  /// The index of a finding's chapter; that of registers behind the last, of the head behind those.
  std::size_t chapter_of(const Finding& finding) const {
    if (finding.place.registry != kNone) return form_.chapters().size();
    if (finding.place.question == kNone) return form_.chapters().size() + 1;
    return form_.block(form_.question(finding.place.question).block).chapter;
  }

  TemplateList severities(std::span<const Report> reports) {
    TemplateList list;
    for (const Severity severity :
         {Severity::blocker, Severity::error, Severity::warning, Severity::info}) {
      const bool is_there = std::ranges::any_of(reports, [&](const Report& report) {
        return std::ranges::find(report.findings, severity, &Finding::severity) !=
               report.findings.end();
      });
      if (!is_there) continue;
      const std::string word(to_string(severity));
      list.emplace_back()
          .set("id", "show-" + word)
          .set("css", "severity-" + word)
          .set("label", texts_.phrase("severity." + word));
    }
    return list;
  }

  TemplateList chapters(std::span<const Report> reports) {
    std::vector<bool> is_there(form_.chapters().size() + 2, false);
    for (const Report& report : reports)
      for (const Finding& finding : report.findings) is_there[chapter_of(finding)] = true;
    TemplateList list;
    for (std::size_t i = 0; i < is_there.size(); ++i) {
      if (!is_there[i]) continue;
      std::string title;
      if (i < form_.chapters().size())
        title = form_.text(form_.chapters()[i].title, form_.language(texts_.language())).value;
      else
        title = texts_.phrase(i == form_.chapters().size() ? "report.registers" : "report.whole");
      list.emplace_back()
          .set("id", fmt::format("only-{}", i))
          .set("css", fmt::format("chapter-{}", i))
          .set("label", std::move(title));
    }
    return list;
  }

  TemplateObject file(const Report& report, std::size_t number) {
    TemplateObject object;
    object.set("id", fmt::format("file-{}", number)).set("name", report.file);
    const bool is_read = report.outcome != Outcome::unreadable;
    const bool is_made_up = is_read && report.header.purpose == Purpose::test;
    object.set("marks", one(is_made_up ? texts_.phrase("mark.test") : std::string{}));
    TemplateList lines;
    if (is_read) {
      const SubmissionHeader& header = report.header;
      lines.emplace_back().set(
          "text", fmt::format("{} · {} · {} {} · {}", header.submitter, header.cycle,
                              texts_.phrase("report.revision"), header.revision,
                              texts_.phrase(fmt::format("stage.{}", to_string(header.stage)))));
    }
    if (report.due)
      lines.emplace_back().set(
          "text", texts_.phrase("report.due",
                                {{"date", *report.due},
                                 {"extended", std::string(report.is_extended ? "yes" : "no")}}));
    if (report.cells)
      lines.emplace_back().set(
          "text",
          texts_.phrase("report.cells", {{"read", std::int64_t{report.cells->read}},
                                         {"imported", std::int64_t{report.cells->imported}},
                                         {"rejected", std::int64_t{report.cells->rejected}},
                                         {"ignored", std::int64_t{report.cells->ignored}}}));
    if (report.open_for_final > 0)
      lines.emplace_back().set(
          "text",
          texts_.phrase("report.open_for_final", {{"count", std::int64_t{report.open_for_final}}}));
    object.set("lines", std::move(lines));
    object.set("outcome", texts_.phrase(fmt::format("outcome.{}", to_string(report.outcome))));
    TemplateList findings, unchecked;
    for (std::size_t i = 0; i < report.findings.size(); ++i)
      findings.push_back(finding(report.findings[i], report.places[i], number, i + 1));
    for (const Unchecked& one : report.unchecked)
      unchecked.emplace_back().set("text", texts_.text(one));
    object.set("none",
               one(findings.empty() ? texts_.phrase("report.nothing_found") : std::string{}));
    object.set("findings", std::move(findings));
    object.set("has_unchecked", !unchecked.empty());
    object.set("unchecked", std::move(unchecked));
    return object;
  }

  TemplateObject finding(const Finding& finding, const std::string& place, std::size_t file,
                         std::size_t number) {
    const FindingText text = texts_.text(finding);
    const std::string severity(to_string(finding.severity));
    TemplateObject object;
    object.set("id", fmt::format("file-{}-finding-{}", file, number));
    object.set("css", fmt::format("severity-{} chapter-{}", severity, chapter_of(finding)));
    object.set("number", std::to_string(number));
    object.set("severity", texts_.phrase("severity." + severity));
    object.set("rule", finding.rule).set("place", place);
    TemplateList headings;
    for (std::string& part : std::vector{texts_.heading(finding), texts_.label(finding)})
      if (!part.empty()) headings.emplace_back().set("text", std::move(part));
    object.set("headings", std::move(headings));
    object.set("positions", one(finding.cell.empty() && finding.line == 0 ? std::string{}
                                                                          : position_of(finding)));
    object.set("message", text.message);
    TemplateList members;
    const auto member = [&](std::string_view name, std::string said) {
      if (!said.empty())
        members.emplace_back().set("name", texts_.phrase(name)).set("text", std::move(said));
    };
    member("report.written", texts_.written(finding));
    member("report.expected", texts_.expected(finding));
    member("report.why", text.why);
    member("report.mend", text.mend);
    if (finding.change)
      member("report.override",
             texts_.phrase("report.override_of",
                           {{"severity", texts_.phrase(fmt::format(
                                             "severity.{}", to_string(finding.change->declared)))},
                            {"date", finding.change->on},
                            {"reason", finding.change->reason}}));
    if (finding.is_explained())
      member("report.explained", finding.explanation);
    else if (finding.severity == Severity::warning || finding.severity == Severity::error)
      member_of_digest(finding, place, members);
    object.set("members", std::move(members));
    return object;
  }

  /// How to explain it: in a workbook on a sheet, else among the members of the file.
  void member_of_digest(const Finding& finding, const std::string& place, TemplateList& members) {
    if (finding.digest.empty()) return;
    const std::string how =
        finding.cell.empty()
            ? texts_.phrase("report.explain_with")
            : texts_.phrase("report.explain_in_cell",
                            {{"sheet", texts_.phrase("questionnaire.explanations")},
                             {"code", fmt::format("{}@{}", finding.rule, place)}});
    members.emplace_back().set("name", how).set("text", finding.digest);
  }

  const Form& form_;
  FindingTexts texts_;
};

}  // namespace

Result<std::string> findings_page(const Form& form, std::span<const Report> reports,
                                  std::string_view language, TemplateSet& templates) {
  return templates.render("findings", kPage, Page(form, language).make(reports));
}

}  // namespace cosp
