#include "tests/generator/table_fixture.hpp"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "generator/open_data.hpp"
#include "readers/form_loader.hpp"

namespace cosp::testing {
namespace {

constexpr std::string_view kForm = R"yaml(id: small
version: 1.0.0
status: proposal
languages: [en]
chapters: [general, first]
roles:
  submitter: gen.who
  period: gen.span
  submission_kind: gen.sort
  language: gen.tongue
  participation: gen.standing
  organization: gen.office
  publication: gen.consent
  cleared_on: gen.cleared
conditions:
  is_party: {question: gen.standing, operator: is, value: party}
  may_publish: {question: gen.consent, operator: is_any, value: [yes, in_part]}
  may_be_named: {question: gen.consent, operator: is, value: yes}
  may_be_compared: {question: gen.consent, operator: is, value: yes}
shared:
  - {register: closings, blocks: topics, answers: {hurdles: hurdles}}
)yaml";

constexpr std::string_view kProvisions =
    R"yaml(- {code: "1(a)", article: "1", paragraph: a, chapter: A, obligation: mandatory, confidence: from-knowledge}
- {code: "1(b)", article: "1", paragraph: b, chapter: A, obligation: mandatory, confidence: from-knowledge}
- {code: "1(c)", article: "1", paragraph: c, chapter: A, obligation: optional, confidence: text-verified}
- {code: "2(a)", article: "2", paragraph: a, chapter: A, obligation: mandatory, confidence: from-knowledge}
)yaml";

constexpr std::string_view kLists = R"yaml(- {code: answer, options: [yes, in_part, no]}
- {code: party-or-not, options: [party, signatory, neither]}
- {code: sort, options: [first, update]}
- code: parts-1
  options: [{code: law, provisions: ["1(a)"]}, {code: court, provisions: ["1(b)"]}, {code: nothing, exclusive: true}]
- code: parts-2
  options: [{code: law, provisions: ["2(a)"]}]
- {code: hurdle, options: [money, staff, time]}
- {code: article, options_from: {blocks: all}}
)yaml";

constexpr std::string_view kGeneral = R"yaml(code: G
always: true
blocks:
  - code: gen
    parts:
      - question: {code: who, type: submitter, required: draft, bind: submitter}
      - question: {code: span, type: period, required: draft, bind: period}
      - question: {code: sort, type: single, list: sort, required: draft}
      - question: {code: tongue, type: language, required: draft, bind: language}
      - question: {code: standing, type: single, list: party-or-not, required: draft}
      - question: {code: office, type: text, required: final, bind: organization}
      - question: {code: consent, type: single, list: answer, required: final}
      - question: {code: cleared, type: date, required: final}
)yaml";

constexpr std::string_view kFirst = R"yaml(code: A
blocks:
  - code: b2
    article: "2"
    parts:
      - question: {code: status, type: status, list: answer, required: draft, provisions: ["2(a)"]}
      - question: {code: parts, type: multi, list: parts-2, required: never, asked_when: {question: status, operator: is, value: in_part}}
      - question: {code: hurdles, type: multi, list: hurdle, required: never}
  - code: b1
    article: "1"
    parts:
      - question: {code: status, type: status, list: answer, required: draft, provisions: ["1(a)"]}
      - question: {code: parts, type: multi, list: parts-1, required: never, asked_when: {question: status, operator: is, value: in_part}}
      - question: {code: hurdles, type: multi, list: hurdle, required: never}
      - question: {code: years, type: number, unit: years, minimum: 0, decimals: 1, required: never, asked_when: {question: status, operator: is_any, value: [yes, in_part]}}
)yaml";

constexpr std::string_view kClosings = R"yaml(id: closings
rows: 20
columns:
  - {code: name, type: text, characters: 80, required: final}
  - {code: topics, type: multi, list: article, required: final}
  - {code: hurdles, type: multi, list: hurdle, required: never}
visibility: public
title: name
)yaml";

std::string register_text(std::string_view id) {
  return "id: " + std::string(id) + R"yaml(
rows: 20
columns:
  - {code: name, type: text, characters: 80, required: final}
  - {code: topics, type: multi, list: hurdle, required: final}
  - {code: state, type: single, list: answer, required: never}
visibility: public
title: name
)yaml";
}

/// Every text the declarations call for, each its own id.
std::string texts_for(const std::map<std::string, std::string>& tables) {
  std::string texts;
  const auto add = [&](const std::string& id) { texts += "\"" + id + "\": \"" + id + "\"\n"; };
  for (const char* question :
       {"who", "span", "sort", "tongue", "standing", "office", "consent", "cleared"})
    add(std::string("gen.") + question + ".label");
  for (const char* block : {"b1", "b2"})
    for (const char* question : {"status", "parts", "hurdles"})
      add(std::string(block) + "." + question + ".label");
  for (const char* id : {"form.title",
                         "b1.years.label",
                         "block.gen.title",
                         "article.1.title",
                         "article.2.title",
                         "chapter.G.title",
                         "chapter.A.title",
                         "unit.years",
                         "list.answer.title",
                         "list.answer.yes",
                         "list.answer.in_part",
                         "list.answer.no",
                         "list.party-or-not.title",
                         "list.party-or-not.party",
                         "list.party-or-not.signatory",
                         "list.party-or-not.neither",
                         "list.sort.title",
                         "list.sort.first",
                         "list.sort.update",
                         "list.parts-1.title",
                         "list.parts-1.law",
                         "list.parts-1.court",
                         "list.parts-1.nothing",
                         "list.parts-2.title",
                         "list.parts-2.law",
                         "list.hurdle.title",
                         "list.hurdle.money",
                         "list.hurdle.staff",
                         "list.hurdle.time",
                         "product.book.title",
                         "list.article.title",
                         "register.closings.title",
                         "register.closings.name.label",
                         "register.closings.topics.label",
                         "register.closings.hurdles.label"})
    add(id);
  for (const char* provision : {"1(a)", "1(b)", "1(c)", "2(a)"})
    add("provision." + std::string(provision) + ".summary");
  for (const char* registry : {"needs", "offers"}) {
    add("register." + std::string(registry) + ".title");
    for (const char* column : {"name", "topics", "state"})
      add("register." + std::string(registry) + "." + column + ".label");
  }
  for (const auto& [id, declaration] : tables) {
    add("table." + id + ".title");
    if (declaration.find("figure") != std::string::npos) add("table." + id + ".alternative");
  }
  return texts;
}

void write(const std::filesystem::path& path, std::string_view text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

RosterEntry entry(std::string code, SubmitterKind kind, std::string group) {
  RosterEntry made;
  made.code = std::move(code);
  made.kind = kind;
  made.group = std::move(group);
  made.names = {{"en", "Land " + made.code}};
  return made;
}

Cycle make_cycle() {
  Cycle cycle;
  cycle.id = "round";
  cycle.purpose = Purpose::test;
  cycle.forms = {{"small", "1.0.0"}};
  cycle.period = {*Date::parse("2026-01-01"), *Date::parse("2026-12-31")};
  cycle.cut_off = *Date::parse("2027-06-30");
  cycle.roster.groups = {"african", "asia_pacific"};
  for (const char* code : {"A", "B", "C"})
    cycle.roster.entries.push_back(entry(code, SubmitterKind::state, "african"));
  for (const char* code : {"D", "E", "F", "G"})
    cycle.roster.entries.push_back(entry(code, SubmitterKind::state, "asia_pacific"));
  cycle.roster.entries.push_back(entry("O", SubmitterKind::organization, ""));
  for (const char* code : {"A", "B", "C", "D", "E", "F", "O"})
    cycle.positions[code] = {{*Date::parse("2020-01-01"), Position::party, "ratification",
                              Date::parse("2020-04-01"), "N"}};
  cycle.positions["G"] = {{*Date::parse("2020-01-01"), Position::signatory, "", std::nullopt, "N"}};
  return cycle;
}

}  // namespace

TableFixture::TableFixture(const std::map<std::string, std::string>& tables)
    : cycle_(make_cycle()) {
  static std::atomic<int> number{0};
  const std::string name =
      "cosp-tables-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
  folder_ = std::filesystem::temp_directory_path() / name;
  const auto form = folder_ / "small" / "1.0.0";
  write(form / "form.yaml", kForm);
  write(form / "provisions.yaml", kProvisions);
  write(form / "lists.yaml", kLists);
  write(form / "chapters" / "general.yaml", kGeneral);
  write(form / "chapters" / "first.yaml", kFirst);
  for (const char* registry : {"needs", "offers"})
    write(form / "registers" / (std::string(registry) + ".yaml"), register_text(registry));
  write(form / "registers" / "closings.yaml", kClosings);
  write(form / "texts" / "en" / "all.yaml", texts_for(tables));
  std::string product = "id: book\nformat: xlsx\naudience: public\neach: none\nparts:\n";
  for (const auto& [id, declaration] : tables) {
    write(form / "tables" / (id + ".yaml"),
          std::string("id: ").append(id).append("\n").append(declaration));
    product.append("  - {table: ").append(id).append("}\n");
  }
  write(form / "products" / "book.yaml", product);
  FormCompilation compiled = compile_form(form, "data/texts");
  for (const Mistake& mistake : compiled.mistakes)
    ADD_FAILURE() << mistake.file << ":" << mistake.line << ": " << mistake.what;
  if (!compiled.form) throw std::runtime_error("the form of the test has mistakes");
  form_ = std::make_unique<Form>(std::move(*compiled.form));
}

TableFixture::~TableFixture() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void TableFixture::submit(std::string_view code, std::string_view consent) {
  auto submission = std::make_unique<Submission>();
  submission->header.submitter = code;
  submission->header.stage = Stage::final;
  submission->header.language = "en";
  submission->answers.resize(form().questions().size());
  submission->registers.resize(form().registers().size());
  submissions_[std::string(code)] = std::move(submission);
  choose(code, "gen.consent", {consent});
}

Answer& TableFixture::answer(std::string_view code, std::string_view question) {
  const std::uint32_t index = form().find_question(question);
  if (index == kNone) throw std::logic_error("no such question: " + std::string(question));
  return submissions_.find(code)->second->answers.at(index);
}

void TableFixture::choose(std::string_view code, std::string_view question,
                          std::initializer_list<std::string_view> options, Visibility visibility) {
  Answer& target = answer(code, question);
  target.state = Answer::State::value;
  target.visibility = visibility;
  const std::uint32_t list = form().question(form().find_question(question)).list;
  for (const std::string_view option : options)
    target.mask |= std::uint64_t{1} << form().find_option(list, option);
}

void TableFixture::figure(std::string_view code, std::string_view question,
                          std::string_view number) {
  Answer& target = answer(code, question);
  target.state = Answer::State::value;
  target.number = *Decimal::parse(number);
}

void TableFixture::reason(std::string_view code, std::string_view question, Reason reason) {
  Answer& target = answer(code, question);
  target.state = Answer::State::reason;
  target.reason = reason;
}

void TableFixture::row(std::string_view code, std::string_view registry, std::string_view id,
                       std::string_view title,
                       const std::map<std::string, std::vector<std::string>>& choices,
                       Visibility visibility) {
  Submission& submission = *submissions_.find(code)->second;
  const std::uint32_t index = form().find_register(registry);
  const Register& declared = form().registry(index);
  Row row;
  row.id = id;
  row.cells.resize(declared.columns.count);
  Answer& name = row.cells.at(form().find_column(declared, "name") - declared.columns.first);
  name.state = Answer::State::value;
  name.visibility = visibility;
  name.content = {static_cast<std::uint32_t>(submission.texts.size()), 1};
  submission.texts.push_back({"en", std::string(title), true});
  for (const auto& [column, options] : choices) {
    const std::uint32_t at = form().find_column(declared, column);
    Answer& cell = row.cells.at(at - declared.columns.first);
    cell.state = Answer::State::value;
    cell.visibility = visibility;
    for (const std::string& option : options)
      cell.mask |= std::uint64_t{1} << form().find_option(form().column(at).list, option);
  }
  submission.registers.at(index).push_back(std::move(row));
}

void TableFixture::share(std::string_view code) {
  share_answers(form(), *submissions_.find(code)->second);
}

CompilationInput TableFixture::input(Audience audience) {
  CompilationInput made{form(), cycle_, {}, audience};
  for (const auto& [code, submission] : submissions_) {
    evaluations_.push_back(
        std::make_unique<Evaluation>(form(), *submission, Surroundings{&cycle_, nullptr}));
    made.contributors.push_back({cycle_.roster.find(code), submission.get(),
                                 evaluations_.back().get(), std::nullopt, code + ".json",
                                 "digest-of-" + code});
  }
  return made;
}

std::vector<Table> TableFixture::count(Audience audience) {
  auto tables = count_tables(input(audience));
  if (!tables) throw std::runtime_error(describe(tables.error()));
  return std::move(*tables);
}

std::string TableFixture::lines(const Table& table) {
  std::string text;
  for (const TableRow& row : table.rows) {
    std::string line;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      std::string value;
      if (cell.is_suppressed)
        value = "…";
      else if (cell.is_restricted)
        value = "restricted";
      else if (cell.kind == Cell::Kind::symbol)
        value = sign_of(cell.symbol);
      else if (cell.kind == Cell::Kind::share)
        value = std::to_string(cell.count) + "/" + std::to_string(cell.denominator);
      else if (cell.kind == Cell::Kind::count && cell.count != 0)
        value = std::to_string(cell.count);
      if (!value.empty()) line += " " + table.columns[i].id + "=" + value;
    }
    text += row.id + ":" + line + "\n";
  }
  return text;
}

std::vector<OutputFile> open_data_of(const CompilationInput& input, std::span<const Table> tables) {
  std::vector<OutputFile> files;
  const auto made = make_open_data(input, tables, "en", [&](OutputFile file) -> Result<void> {
    files.push_back(std::move(file));
    return {};
  });
  EXPECT_TRUE(made);
  return files;
}

}  // namespace cosp::testing
