#include "tests/validator/small_form.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>

#include "readers/form_loader.hpp"
#include "tests/validator/rules.hpp"
#include "validator/validator.hpp"

namespace cosp::test {
namespace {

namespace fs = std::filesystem;

const Files& base_files() {
  static const Files files = {
      {"form.yaml", R"(
id: small
version: 1.0.0
status: proposal
languages: [en]
chapters: [head, main, late]
roles: {submitter: h.who, period: h.span, language: h.tongue, participation: h.standing, organization: h.group}
conditions:
  is_party: {question: h.standing, operator: is, value: party}
reservations:
  register: reserves
  provisions: provisions
  in_force: {all: [{column: extent, operator: is, value: whole}, {column: withdrawn_on, operator: absent}]}
reasons:
  not_available: {detail: cause}
  withheld: {note: required}
  reported_elsewhere: {register: things}
)"},
      {"provisions.yaml", R"(
- {code: "1.1", article: "1", paragraph: "1", chapter: M, obligation: mandatory}
- {code: "1.2", article: "1", paragraph: "2", chapter: M, obligation: mandatory}
- {code: "2.1", article: "2", paragraph: "1", chapter: M, obligation: mandatory}
- {code: "2.1.a", article: "2", paragraph: "1", chapter: M, obligation: mandatory}
- {code: "2.2", article: "2", paragraph: "2", chapter: M, obligation: mandatory}
)"},
      {"lists.yaml", R"(
- {code: standing, options: [party, signatory, neither]}
- {code: cause, options: [lost, never_counted]}
- {code: stage, ordered: true, options: [none_yet, begun, done]}
- code: tools
  options: [hammer, saw, {code: other, note: required}, {code: none_at_all, exclusive: true}]
- {code: extent, options: [whole, part]}
- {code: kind, options: [reservation, declaration]}
)"},
      {"registers/things.yaml", R"(
id: things
rows: 3
columns:
  - {code: name, type: text, required: final}
  - {code: kind, type: single, list: tools, required: never}
  - {code: since, type: date, required: never}
  - {code: until, type: date, required: never}
  - {code: articles, type: provisions, required: never}
  - {code: mail, type: email, required: never, personal: true}
title: name
)"},
      {"registers/reserves.yaml", R"(
id: reserves
rows: 9
columns:
  - {code: kind, type: single, list: kind, required: never}
  - {code: extent, type: single, list: extent, required: never}
  - {code: provisions, type: provisions, required: never}
  - {code: made_on, type: date, required: never}
  - {code: withdrawn_on, type: date, required: never}
title: extent
)"},
      {"chapters/head.yaml", R"(
code: H
always: true
blocks:
  - code: h
    parts:
      - question: {code: who, type: submitter, required: never, bind: submitter, always_answered: true}
      - question: {code: span, type: period, required: never, bind: period}
      - question: {code: tongue, type: language, required: never, bind: language}
      - question: {code: standing, type: single, list: standing, required: never}
      - question: {code: group, type: yes_no, required: never, bind: organization}
)"},
      {"chapters/main.yaml", R"(
code: M
blocks:
  - code: one
    article: "1"
    parts:
      - question: {code: stage, type: status, list: stage, required: draft, provisions: ["1.1"], stays_open: true}
      - question: {code: tools, type: multi, list: tools, choices: 2, required: never, provisions: ["1.1"]}
      - question: {code: best, type: single, list: tools, only: [hammer, saw], offered_when: {question: tools}, required: never, provisions: ["1.1"]}
      - question: {code: count, type: number, unit: pieces, minimum: 0, maximum: 99, decimals: 1, required: final, provisions: ["1.2"]}
      - question: {code: other_count, type: number, unit: pieces, required: never, provisions: ["1.2"]}
      - question: {code: cost, type: money, minimum: 0, decimals: 2, required: never, provisions: ["1.2"]}
      - question: {code: title, type: text, characters: 10, required: never, pattern: '[A-Z].*', provisions: ["1.2"]}
      - question: {code: story, type: long, words: 5, required: parties, provisions: ["1.2"]}
      - question: {code: tale, type: long, required: never, provisions: ["1.2"]}
      - question: {code: built, type: date, earliest: period_start, latest: cut_off, required: never, provisions: ["1.2"]}
      - question: {code: cited, type: reference, register: things, rows: [1, 2], required: never, provisions: ["1.2"]}
  - code: two
    article: "2"
    parts:
      - question: {code: stage, type: status, list: stage, required: never, provisions: ["2.1"]}
      - question: {code: detail, type: number, unit: pieces, required: final, provisions: ["2.1"],
                   asked_when: {question: stage, operator: at_least, value: begun}}
      - question: {code: further, type: yes_no, required: final, provisions: ["2.1"],
                   asked_when: {question: detail, operator: above, value: 1}}
)"},
      {"chapters/late.yaml", R"(
code: L
blocks:
  - code: last
    parts:
      - question: {code: mail, type: email, required: never}
      - question: {code: phone, type: phone, required: never, personal: true}
      - question: {code: tongues, type: languages, required: never}
      - question: {code: state, type: submitter, required: final}
)"},
  };
  return files;
}

/// Texts for all that the compiler misses: each id says itself. The tests look at ids, places and
/// arguments.
std::string missing_texts(const std::vector<Mistake>& mistakes) {
  static const std::regex missing("expected a text \"(.+)\" in en, got none");
  std::string texts;
  for (const Mistake& mistake : mistakes)
    if (std::smatch match; std::regex_match(mistake.what, match, missing))
      texts += match[1].str() + ": \"" + match[1].str() + "\"\n";
  return texts;
}

void write(const fs::path& folder, const Files& files) {
  for (const auto& [path, content] : files) {
    fs::create_directories((folder / path).parent_path());
    std::ofstream(folder / path) << content;
  }
}

}  // namespace

Form small_form(const Files& files) {
  static int number = 0;
  const fs::path root =
      fs::temp_directory_path() /
      ("cosp-small-form-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
  const fs::path folder = root / "small" / "1.0.0";
  Files all = files;
  all.insert(base_files().begin(), base_files().end());
  write(folder, all);
  FormCompilation compiled = compile_form(folder, "data/texts");
  if (const std::string texts = missing_texts(compiled.mistakes); !texts.empty()) {
    write(folder, {{"texts/en/missing.yaml", texts}});
    compiled = compile_form(folder, "data/texts");
  }
  fs::remove_all(root);
  std::string mistakes;
  for (const Mistake& mistake : compiled.mistakes)
    mistakes += mistake.file + ":" + std::to_string(mistake.line) + ": " + mistake.what + "\n";
  if (!compiled.form) throw std::runtime_error("the small form has mistakes:\n" + mistakes);
  return std::move(*compiled.form);
}

const Form& shared_small_form() {
  static const Form form = small_form();
  return form;
}

Example submission_of(const Form& form, std::string_view json) {
  Example example = make_example(form, nlohmann::json::parse(json));
  for (const std::string& problem : example.problems) ADD_FAILURE() << problem;
  return example;
}

std::vector<std::string> names(const Form& form, const Submission& submission,
                               const std::vector<Finding>& findings) {
  std::vector<std::string> found;
  found.reserve(findings.size());
  for (const Finding& finding : findings)
    found.push_back(finding.rule + "@" + place_name(form, submission, finding.place));
  return found;
}

std::vector<std::string> run_rule(const Form& form, std::string_view json, std::string_view rule,
                                  Stage stage) {
  const Example example = submission_of(form, json);
  const Evaluation evaluation(form, example.submission,
                              {&example.cycle, example.has_previous ? &example.previous : nullptr});
  std::vector<Finding> findings = Validator(form).check(evaluation, stage);
  std::erase_if(findings, [&](const Finding& finding) { return finding.rule != rule; });
  return names(form, example.submission, findings);
}

}  // namespace cosp::test
