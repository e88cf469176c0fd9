#include "tests/readers/submission_fixture.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "readers/form_loader.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp::test {
namespace {

constexpr std::pair<const char*, std::string_view> kFiles[] = {
    {"form.yaml", R"(id: all-types
version: 1.0.0
status: proposal
languages: [en]
chapters: [only]
reasons:
  not_available: {detail: cause}
  withheld: {note: required}
  reported_elsewhere: {register: papers}
shared:
  - {register: closings, blocks: blocks, answers: {obstacles: obstacles, remark: remark}}
)"},
    {"provisions.yaml",
     R"yaml(- {code: "1", article: "1", paragraph: "", chapter: I, obligation: optional, confidence: from-knowledge}
- {code: "1(2)", article: "1", paragraph: "2", chapter: I, obligation: mandatory, confidence: from-knowledge}
)yaml"},
    {"lists.yaml", R"(- code: colour
  options: [red, green, blue]
- code: cause
  options: [never_counted, lost]
- code: obstacle
  options: [cost, time, {code: none_met, exclusive: true}]
- code: block
  options_from: {blocks: all}
)"},
    {"registers/papers.yaml", R"(id: papers
rows: 50
columns:
  - {code: name, type: text, required: final}
  - {code: kind, type: single, list: colour, required: never, visibility: counted}
  - {code: passed, type: date, required: never}
  - {code: passages, type: provisions, required: never}
  - {code: keeper, type: email, required: never, personal: true}
visibility: public
title: name
)"},
    {"registers/closings.yaml", R"(id: closings
rows: 5
columns:
  - {code: blocks, type: multi, list: block, required: never}
  - {code: obstacles, type: multi, list: obstacle, required: never}
  - {code: remark, type: long, required: never, visibility: counted}
visibility: public
title: remark
)"},
    {"chapters/only.yaml", R"(code: I
blocks:
  - code: a
    article: "1"
    parts:
      - question: {code: status, type: status, list: colour, required: never}
      - question: {code: single, type: single, list: colour, required: never, visibility: counted}
      - question: {code: multi, type: multi, list: colour, required: never}
      - question: {code: agree, type: yes_no, required: never}
      - question: {code: number, type: number, unit: pieces, required: never, decimals: 6}
      - question: {code: money, type: money, required: never, decimals: 2}
      - question: {code: text, type: text, required: never}
      - question: {code: long, type: long, required: never}
      - question: {code: date, type: date, required: never}
      - question: {code: period, type: period, required: never}
      - question: {code: language, type: language, required: never}
      - question: {code: languages, type: languages, required: never}
      - question: {code: sender, type: submitter, required: never}
      - question: {code: papers, type: reference, register: papers, rows: [0, 9], required: never}
      - question: {code: passages, type: provisions, required: never}
      - question: {code: email, type: email, required: never, personal: true}
      - question: {code: phone, type: phone, required: never, personal: true}
  - code: b
    article: "1"
    parts:
      - question: {code: obstacles, type: multi, list: obstacle, required: never}
      - question: {code: remark, type: long, required: never}
  - code: c
    article: "1"
    parts:
      - question: {code: obstacles, type: multi, list: obstacle, required: never}
      - question: {code: remark, type: long, required: never}
)"},
    {"texts/en/all.yaml", R"(chapter.I.title: Only
article.1.title: First
list: {colour: {red: Red, green: Green, blue: Blue}, cause: {never_counted: Never counted, lost: Lost},
  obstacle: {cost: Cost, time: Time, none_met: None}}
register.papers: {title: Papers, name.label: Name, kind.label: Kind, passed.label: Passed, passages.label: Passages, keeper.label: Keeper}
register.closings: {title: Closings, blocks.label: Blocks, obstacles.label: Obstacles, remark.label: Remark}
a: {status.label: Status, single.label: Single, multi.label: Multi, agree.label: Agree, number.label: Number, money.label: Money,
  text.label: Text, long.label: Long, date.label: Date, period.label: Period, language.label: Language, languages.label: Languages,
  sender.label: Sender, papers.label: Papers, passages.label: Passages, email.label: Email, phone.label: Phone}
b: {obstacles.label: Obstacles, remark.label: Remark}
c: {obstacles.label: Obstacles, remark.label: Remark}
)"},
};

}  // namespace

const Form& all_types_form() {
  static const Form form = [] {
    std::string folder = (std::filesystem::temp_directory_path() / "cosp-form-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) std::abort();
    const auto root = std::filesystem::path(folder) / "all-types" / "1.0.0";
    for (const auto& [file, text] : kFiles) {
      std::filesystem::create_directories((root / file).parent_path());
      std::ofstream(root / file) << text;
    }
    FormCompilation compilation = compile_form(root, {});
    std::filesystem::remove_all(folder);
    for (const Mistake& mistake : compilation.mistakes)
      std::fprintf(stderr, "%s\n", describe(mistake).c_str());
    if (!compilation.form) std::abort();
    return std::move(*compilation.form);
  }();
  return form;
}

std::string submission_with(std::string_view members) {
  return R"({"format":"cosp-submission/1","form":{"id":"all-types","version":"1.0.0"},"cycle":"c","submitter":{"kind":"state","code":"QMA"},"stage":"final","language":"en")" +
         (members.empty() ? std::string() : "," + std::string(members)) + "}";
}

ReadSubmission read_all_types(std::string bytes, const ReadLimits& limits) {
  SubmissionReader reader;
  return reader.read(bytes, all_types_form(), limits);
}

std::vector<std::string> located(const ReadSubmission& read) {
  std::vector<std::string> places;
  for (const Finding& finding : read.findings)
    places.push_back(finding.rule + "@" + std::to_string(finding.line) + ":" +
                     std::to_string(finding.column));
  return places;
}

std::vector<std::string> ids(const ReadSubmission& read) {
  std::vector<std::string> names;
  for (const Finding& finding : read.findings) names.push_back(finding.rule);
  return names;
}

}  // namespace cosp::test
