#include "tests/readers/form_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace cosp::test {
namespace {

const std::map<std::string, std::string> kFiles = {
    {"form.yaml", R"yaml(id: small-form
version: 1.0.0
status: proposal
languages: [en, fr]
chapters: [general, first]
roles: {participation: gen.standing, publication: gen.open}
conditions:
  is_party: {question: gen.standing, operator: is, value: party}
reservations:
  register: laws
  provisions: passages
  in_force: {column: kind, operator: is, value: act}
reasons:
  withheld: {detail: standing}
  not_applicable: {note: required}
  reported_elsewhere: {register: laws}
shared:
  - {register: laws, blocks: articles, answers: {note: remark}}
)yaml"},
    {"provisions.yaml",
     R"yaml(- {code: "1(1)", article: "1", paragraph: "1", chapter: A, obligation: mandatory, confidence: text-verified}
- {code: "1(2)", article: "1", paragraph: "2", chapter: A, obligation: optional, confidence: from-knowledge}
- {code: "2", article: "2", paragraph: "", chapter: A, obligation: consider, confidence: text-verified}
)yaml"},
    {"lists.yaml", R"yaml(- code: standing
  options: [party, signatory, neither]
- code: scale
  ordered: true
  options: [low, middle, high]
- code: tools
  options: [hammer, {code: other, note: required}, {code: none, exclusive: true, provisions: ["1(2)"]}]
- code: article
  options_from: {blocks: all}
- code: steps
  options_from: {module: step}
  options: [none_of_these]
- code: law-kind
  options: [act, decree]
)yaml"},
    {"modules/step.yaml", R"yaml(id: step
parameters:
  object: text
  main: provision
  covers: provisions
  scale: list
  gate: condition
questions:
  - {code: status, type: status, list: "{scale}", required: draft, provisions: ["{main}"], stays_open: true}
  - {code: laws, type: reference, register: laws, rows: [1, 3], required: final, provisions: "{covers}", asked_when: {question: status, operator: at_least, value: middle}}
  - {code: note, type: long, words: 50, asked_when: "{gate}"}
)yaml"},
    {"chapters/general.yaml", R"yaml(code: P
always: true
blocks:
  - code: gen
    parts:
      - question: {code: standing, type: single, list: standing, required: draft, always_answered: true}
      - question: {code: open, type: yes_no, required: final}
)yaml"},
    {"chapters/first.yaml", R"yaml(code: A
blocks:
  - code: alpha
    article: "1"
    parts:
      - module: step
        with: {object: object.alpha, main: "1(1)", covers: ["1(2)", "1(1)"], scale: scale, gate: {question: status, operator: given}}
      - question: {code: tools, type: multi, list: tools, choices: 2, provisions: ["1(2)"]}
      - question: {code: count, type: number, unit: pieces, minimum: 0, maximum: 10.5, decimals: 1}
      - question: {code: day, type: date, earliest: 2020-01-01, latest: cut_off, asked_when: {question: count, operator: above, value: 2}}
  - code: beta
    article: "2"
    parts:
      - module: step
        with: {object: object.beta, main: "2", covers: ["2"], scale: scale, gate: {all: []}}
        omit: [laws]
        rename: {status: stage}
)yaml"},
    {"registers/laws.yaml", R"yaml(id: laws
rows: 20
columns:
  - {code: name, type: text, characters: 100, required: final}
  - {code: kind, type: single, list: law-kind, required: final}
  - {code: articles, type: multi, list: article}
  - {code: passages, type: provisions}
  - {code: passed_on, type: date}
  - {code: remark, type: long, words: 50}
title: name
)yaml"},
    {"rules/count-needs-hammer.yaml", R"yaml(id: count-needs-hammer
severity: error
stage: draft
for: all
when: {question: alpha.count, operator: given}
expect: {question: alpha.tools, operator: includes, value: hammer}
at: alpha.count
arguments: {count: {answer_of: alpha.count}, tool: {option: tools/hammer}}
examples:
  wrong: {answers: {alpha.count: 3, alpha.tools: [other]}}
  right: {answers: {alpha.count: 3, alpha.tools: [hammer]}}
)yaml"},
    {"rules/note-is-given.yaml", R"yaml(id: note-is-given
severity: warning
stage: final
for: parties
provisions: ["1"]
for_each: {module: step, as: block}
expect: {question: "{block}.note", operator: given}
at: "{block}.note"
arguments: {block: {title_of: "{block}"}}
examples:
  wrong: {position: party, answers: {}}
  right: {position: party, answers: {alpha.note: {en: "So"}, beta.note: {en: "So"}}}
)yaml"},
    {"tables/laws-by-kind.yaml", R"yaml(id: laws-by-kind
kind: rows_by_option
register: laws
column: kind
suppress_below: 3
)yaml"},
    {"products/report.yaml", R"yaml(id: report
format: html
template: report
audience: public
parts:
  - {table: laws-by-kind}
)yaml"},
    {"texts/en/all.yaml", R"yaml(chapter: {P: {title: General}, A: {title: Articles}}
block.gen.title: General part
article: {1: {title: The first article}, 2: {title: The second article}}
block.beta.title: Beta
object: {alpha: alpha things, beta: beta things}
gen.standing.label: Standing
gen.open.label: May it be published?
module.step:
  status: {label: "How far are {object} under {main}, {title}?", help: "Covers {covers}."}
  laws.label: Laws on {object}
  note.label: Note
alpha.note.label: A note of its own
alpha: {tools: {label: Tools}, count: {label: Count}, day: {label: Day}}
list:
  standing: {party: Party, signatory: Signatory, neither: Neither}
  scale: {low: Low, middle: Middle, high: High, title: Scale}
  tools: {hammer: Hammer, other: Other, none: None}
  steps.none_of_these: None of these
  law-kind: {act: Act, decree: Decree}
register.laws:
  title: Laws
  name.label: Name
  kind.label: Kind
  articles.label: Articles
  passages.label: Provisions
  passed_on.label: Passed on
  remark.label: Remark
rule:
  count-needs-hammer: {message: "{count} without {tool}", why: Why, mend: Mend}
  note-is-given: {message: "No note on {block}", why: Why, mend: Mend}
table.laws-by-kind.title: Laws by kind
product.report.title: Report
)yaml"},
    {"texts/fr/all.yaml", R"yaml(block.beta.title: Bêta
object.beta: choses bêta
module.step.status.label: "Où en sont {object} ({main}, {title}) ?"
gen.standing.label: Statut
)yaml"},
    {"texts/fr/record.yaml", R"yaml(block.beta.title: reviewed 703390318bd5 6042cd723af6
object.beta: reviewed 8c328340d751 a588aac94d26
module.step.status.label: reviewed 96bf88c3417c c130b06d9bf7
)yaml"},
};

}  // namespace

FormFolder::FormFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "form-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    throw std::runtime_error("cannot make a temporary folder");
  root_ = pattern;
  for (const auto& [file, text] : kFiles) write(file, text);
  std::filesystem::create_directories(texts() / "en");
  std::ofstream(texts() / "en" / "common.yaml")
      << "list.yes-no: {\"yes\": \"Yes\", \"no\": \"No\"}\nverdict.blocked: Blocked\n";
}

FormFolder::~FormFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

void FormFolder::write(const std::string& file, std::string_view text) const {
  const std::filesystem::path target = path() / file;
  if (text.empty()) {
    std::filesystem::remove(target);
    return;
  }
  std::filesystem::create_directories(target.parent_path());
  std::ofstream(target, std::ios::binary) << text;
}

std::string FormFolder::read(const std::string& file) const {
  std::ifstream in(path() / file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void FormFolder::replace(const std::string& file, std::string_view from,
                         std::string_view to) const {
  std::string text = read(file);
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from << " in " << file;
  text.replace(at, from.size(), to);
  write(file, text);
}

}  // namespace cosp::test
