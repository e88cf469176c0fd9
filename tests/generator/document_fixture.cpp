#include "tests/generator/document_fixture.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "readers/form_loader.hpp"
#include "readers/submission_reader.hpp"

namespace cosp::testing {
namespace {

constexpr std::string_view kForm = R"~(id: small
version: 1.0.0
status: proposal
languages: [en, ar]
chapters: [general, first]
roles: {submitter: gen.who, period: gen.span, submission_kind: gen.sort, language: gen.tongue, participation: gen.standing,
        organization: gen.office, publication: gen.consent, cleared_on: gen.cleared}
conditions:
  is_party: {question: gen.standing, operator: is, value: party}
  may_publish: {question: gen.consent, operator: is, value: yes}
  may_be_named: {question: gen.consent, operator: is, value: yes}
  may_be_compared: {question: gen.consent, operator: is, value: yes}
reasons:
  not_available: {detail: cause}
  reported_elsewhere: {register: papers}
)~";
constexpr std::string_view kProvisions =
    R"~(- {code: "1(a)", article: "1", paragraph: a, chapter: A, obligation: mandatory, confidence: from-knowledge}
)~";
constexpr std::string_view kLists = R"~(- {code: answer, options: [yes, in_part, no]}
- {code: standing, options: [party, signatory]}
- {code: sort, options: [first, update]}
- {code: cause, options: [not_counted]}
)~";
constexpr std::string_view kGeneral = R"~(code: G
always: true
blocks:
  - code: gen
    parts:
      - question: {code: who, type: submitter, required: draft, bind: submitter}
      - question: {code: span, type: period, required: draft, bind: period}
      - question: {code: sort, type: single, list: sort, required: draft}
      - question: {code: tongue, type: language, required: draft, bind: language}
      - question: {code: standing, type: single, list: standing, required: draft}
      - question: {code: office, type: yes_no, required: final, bind: organization}
      - question: {code: consent, type: single, list: answer, required: final}
      - question: {code: cleared, type: date, required: final}
      - question: {code: phone, type: phone, required: never, personal: true, visibility: secretariat}
)~";
constexpr std::string_view kFirst = R"~(code: A
blocks:
  - code: b1
    article: "1"
    parts:
      - question: {code: status, type: status, list: answer, required: draft, provisions: ["1(a)"]}
      - question: {code: remark, type: long, required: never}
      - question: {code: years, type: number, unit: years, minimum: 0, decimals: 1, required: never}
      - question: {code: cost, type: money, minimum: 0, decimals: 2, required: never}
      - question: {code: plan, type: yes_no, required: never, visibility: secretariat}
      - question: {code: plan_date, type: date, required: never, asked_when: {question: plan, operator: is, value: yes}}
      - question: {code: gap, type: text, required: never, asked_when: {question: status, operator: is, value: no}}
      - question: {code: cited, type: reference, register: papers, rows: [0, 5], required: never}
)~";
constexpr std::string_view kRegister = R"~(id: papers
rows: 20
columns:
  - {code: name, type: text, characters: 400, required: final}
  - {code: keeper, type: email, required: never, personal: true, visibility: secretariat}
  - {code: shelf, type: text, characters: 80, required: never, visibility: secretariat}
visibility: public
title: name
)~";
constexpr std::string_view kTable = R"~(id: standing-by-article
kind: options_by_block
rows: {chapter: A, having: status}
question: status
denominator: asked
figure: {shape: stacked_bar}
)~";
constexpr std::string_view kReport = R"~(id: review
format: html
template: thematic-report
audience: public
each: none
parts:
  - {heading: opening}
  - {paragraph: opening.received}
  - {paragraph: opening.states}
  - {states: opening.list}
  - {table: standing-by-article}
  - {paragraphs_by_row: opening.row, table: standing-by-article}
)~";
constexpr std::string_view kEach = R"~(id: submitted
format: html
template: information-submitted
audience: public
each: state
parts:
  - {heading: about}
  - {paragraph: about.source}
)~";
constexpr std::string_view kTexts = R"~(form.title: Convention on Small Things
chapter.G.title: General
chapter.A.title: First part
block.gen.title: About the report
article.1.title: Pebbles
provision.1(a).summary: Pebbles are counted.
gen.who.label: Who reports?
gen.span.label: For which period?
gen.sort.label: Which report is it?
gen.tongue.label: In which language?
gen.standing.label: Standing
gen.office.label: An organization?
gen.consent.label: May it be published?
gen.cleared.label: Cleared on
gen.phone.label: Telephone
b1.status.label: Are pebbles counted?
b1.remark.label: Remarks on pebbles
b1.years.label: Since how many years?
b1.cost.label: Cost
b1.plan.label: Is a plan secret?
b1.plan_date.label: Date of the secret plan
b1.gap.label: What is missing?
b1.cited.label: Papers
unit.years: years
list.answer: {title: Answer, "yes": "Yes", in_part: In part, "no": "No"}
list.standing: {title: Standing, party: Party, signatory: Signatory}
list.sort: {title: Sort, first: First report, update: Update}
list.cause: {title: Cause, not_counted: Never counted}
register.papers: {title: Papers kept}
register.papers.name.label: Name
register.papers.keeper.label: Keeper
register.papers.shelf.label: Shelf
table.standing-by-article: {title: Pebbles counted, alternative: Number of States by answer.}
product.review.title: Review of pebbles
product.submitted.title: "Information submitted by {state}"
part.opening: Opening
part.opening.received: "{submitted, plural, one {One State} other {# States}} of {parties} had reported by {cut_off}."
part.opening.states: "Reported: {states}."
part.opening.list: The States that reported are listed here.
part.opening.row: "Article {number} ({title}): {yes, plural, =0 {none} one {one} other {#}} of {asked}."
part.about: About
part.about.source: "{state} wrote this."
)~";
/// A few in Arabic; what is missing falls back.
constexpr std::string_view kArabicTexts = R"~(form.title: اتفاقية الأشياء الصغيرة
part.opening: افتتاح
part.opening.states: "قدمت: {states}."
table.standing-by-article.title: الحصى المعدود
)~";

void write(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

Cycle make_cycle() {
  Cycle cycle;
  cycle.id = "round";
  cycle.title = {{"en", "First round"}};
  cycle.purpose = Purpose::test;
  cycle.forms = {{"small", "1.0.0"}};
  cycle.period = {*Date::parse("2026-01-01"), *Date::parse("2026-12-31")};
  cycle.cut_off = *Date::parse("2027-06-30");
  cycle.roster.groups = {"african"};
  constexpr std::array<std::array<std::string_view, 3>, 3> kNames = {
      {{"QMA", "Zeta", "ألف"}, {"QMB", "Alpha", "ياء"}, {"QMC", "Middle", "ميم"}}};
  for (const auto& [code, english, arabic] : kNames) {
    RosterEntry entry;
    entry.code = code;
    entry.group = "african";
    entry.names = {{"en", std::string(english)}, {"ar", std::string(arabic)}};
    cycle.roster.entries.push_back(entry);
    cycle.positions[entry.code] = {{*Date::parse("2020-01-01"), Position::party, "ratification",
                                    Date::parse("2020-04-01"), "N"}};
  }
  return cycle;
}

}  // namespace

DocumentFixture::DocumentFixture(const std::string& texts,
                                 const std::map<std::string, std::string>& products)
    : cycle_(make_cycle()) {
  static std::atomic<int> number{0};
  folder_ = std::filesystem::temp_directory_path() /
            ("cosp-documents-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  const auto form = folder_ / "small" / "1.0.0";
  write(form / "form.yaml", kForm);
  write(form / "provisions.yaml", kProvisions);
  write(form / "lists.yaml", kLists);
  write(form / "chapters" / "general.yaml", kGeneral);
  write(form / "chapters" / "first.yaml", kFirst);
  write(form / "registers" / "papers.yaml", kRegister);
  write(form / "tables" / "standing-by-article.yaml", kTable);
  write(form / "products" / "review.yaml", kReport);
  write(form / "products" / "submitted.yaml", kEach);
  write(form / "texts" / "en" / "all.yaml", std::string(kTexts) + texts);
  for (const auto& [id, declaration] : products)
    write(form / "products" / (id + ".yaml"),
          std::string("id: ").append(id).append("\n").append(declaration));
  write(form / "texts" / "ar" / "all.yaml", kArabicTexts);
  FormCompilation compiled = compile_form(form, "data/texts");
  for (const Mistake& mistake : compiled.mistakes)
    ADD_FAILURE() << mistake.file << ":" << mistake.line << ": " << mistake.what;
  if (!compiled.form) throw std::runtime_error("the form of the test has mistakes");
  form_ = std::make_unique<Form>(std::move(*compiled.form));
}

DocumentFixture::~DocumentFixture() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void DocumentFixture::submit(const std::string& code, const std::string& answers,
                             const std::string& registers, const std::string& more) {
  std::string json =
      R"({"format": "cosp-submission/1", "form": {"id": "small", "version": "1.0.0"}, "cycle": "round",
    "submitter": {"kind": "state", "code": ")" +
      code + R"("}, "revision": 1, "stage": "final", "language": "en",
    "purpose": "test", "period": {"start": "2026-01-01", "end": "2026-12-31"},
    "answers": {)" +
      answers + R"(}, "registers": {)" + registers + "}" + more + "}";
  ReadSubmission read = SubmissionReader().read(json, form());
  ASSERT_FALSE(read.is_unreadable) << json;
  for (const Finding& finding : read.findings)
    if (finding.rule != "unknown-question") ADD_FAILURE() << finding.text << " at " << finding.line;
  submissions_.push_back(std::make_unique<Submission>(std::move(read.submission)));
}

void DocumentFixture::repeat_row(std::string_view code, std::string_view registry,
                                 std::string_view id, std::string_view text) {
  const std::uint32_t index = form().find_register(registry);
  for (const auto& submission : submissions_) {
    if (submission->header.submitter != code) continue;
    Row row;
    row.id = id;
    row.cells.resize(form().registry(index).columns.count);
    row.cells.front().state = Answer::State::value;
    row.cells.front().content = {static_cast<std::uint32_t>(submission->texts.size()), 1};
    submission->texts.push_back({"en", std::string(text), true});
    submission->registers.at(index).push_back(std::move(row));
  }
}

std::vector<OutputFile> DocumentFixture::render(std::string_view product, std::string_view language,
                                                Audience audience) {
  std::vector<std::unique_ptr<Evaluation>> evaluations;
  CompilationInput input{form(), cycle_, {}, audience};
  for (const auto& submission : submissions_) {
    evaluations.push_back(
        std::make_unique<Evaluation>(form(), *submission, Surroundings{&cycle_, nullptr}));
    input.contributors.push_back({cycle_.roster.find(submission->header.submitter),
                                  submission.get(),
                                  evaluations.back().get(),
                                  std::nullopt,
                                  {},
                                  {}});
  }
  const auto tables = count_tables(input);
  if (!tables) throw std::runtime_error(describe(tables.error()));
  TemplateSet templates = shipped_templates();
  const Declaration& declaration = form().products()[form().find_product(product)];
  std::vector<OutputFile> files;
  const auto take = [&](OutputFile file) -> Result<void> {
    files.push_back(std::move(file));
    return {};
  };
  const auto rendered = render_product(input, *tables, declaration, language, templates, take);
  if (!rendered) throw std::runtime_error(describe(rendered.error()));
  return files;
}

std::string DocumentFixture::page(std::string_view product, std::string_view language,
                                  Audience audience, std::string_view name) {
  for (OutputFile& file : render(product, language, audience))
    if (file.name == name) return file.bytes;
  throw std::runtime_error("no file " + std::string(name));
}

TemplateSet shipped_templates() {
  return TemplateSet(
      [](std::string_view name) { return read_file("templates/" + std::string(name), 1u << 20); });
}

std::string text_of(std::string_view html) {
  constexpr std::array<std::string_view, 15> kInline = {"a",      "bdi",  "span",    "sup",  "b",
                                                        "strong", "td",   "th",      "tr",   "code",
                                                        "rect",   "path", "pattern", "text", "g"};
  html.remove_prefix(html.find("<body>"));
  std::string text;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] != '<') {
      text += html[i] == '\n' ? ' ' : html[i];
      continue;
    }
    const std::size_t end = html.find('>', i);
    std::string_view name = html.substr(i + 1, html.find_first_of(" >/", i + 2) - i - 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    if (name == "td" || name == "th") text += html[i + 1] == '/' ? " |" : " ";
    if (std::find(kInline.begin(), kInline.end(), name) == kInline.end() ||
        html.substr(i, 5) == "</tr>")
      text += '\n';
    i = end;
  }
  std::string folded;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n';
    if (is_space && !folded.empty() && (folded.back() == '\n' || folded.back() == ' ')) {
      if (c == '\n') folded.back() = '\n';
      continue;
    }
    folded += c;
  }
  for (const auto& [reference, character] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
    for (std::size_t at = 0; (at = folded.find(reference, at)) != std::string::npos; ++at)
      folded.replace(at, std::string_view(reference).size(), character);
  return folded;
}

std::string unbalanced_element(std::string_view html) {
  std::vector<std::string> open;
  std::size_t at = html.find("<html");
  for (; (at = html.find('<', at)) != std::string_view::npos; ++at) {
    const std::size_t end = html.find('>', at);
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    const bool is_closing = tag.starts_with('/');
    std::string name(
        tag.substr(is_closing ? 1 : 0, tag.find_first_of(" \n", 1) - (is_closing ? 1 : 0)));
    while (name.ends_with('/')) name.pop_back();
    if (tag.ends_with('/') || name == "meta") continue;
    if (!is_closing) {
      open.push_back(name);
      if (name == "style") at = html.find("</style", at) - 1;
      continue;
    }
    if (open.empty() || open.back() != name)
      return "closed " + name + (open.empty() ? "" : " within " + open.back());
    open.pop_back();
  }
  return open.empty() ? std::string{} : "never closed: " + open.back();
}

}  // namespace cosp::testing
