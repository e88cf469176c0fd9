#include "service/rules_document.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "validator/finding_text.hpp"

namespace cosp {
namespace {

/// In Markdown: no markup of a text's own, and no line ends within a line.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>#|").find(c) != std::string_view::npos) out += '\\';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  return out;
}

class Document {
 public:
  Document(const Form& form, std::string_view language)
      : form_(form), language_(form.language(language)), texts_(form, language) {}

  std::string make() {
    out_ = fmt::format(
        "# {}\n\n{}\n",
        plain(texts_.phrase("rules_document.title", {{"form", std::string(form_.id())},
                                                     {"version", std::string(form_.version())}})),
        plain(texts_.phrase("rules_document.intro",
                            {{"count", static_cast<std::int64_t>(form_.rules().size())}})));
    std::map<std::string, std::vector<const Rule*>> families;
    for (const Rule& rule : form_.rules())
      families[std::string(form_.string(rule.family))].push_back(&rule);
    for (const auto& [family, rules] : families) {
      out_ += fmt::format("\n## {}\n", family_title(family));
      for (const Rule* rule : rules) add(*rule);
    }
    add_provisions();
    return std::move(out_);
  }

 private:
  std::string text(TextId id) const {
    return id == kNone ? std::string{} : std::string(form_.text(id, language_).value);
  }

  std::string family_title(const std::string& family) {
    const TextId title = form_.find_text("rule_family." + family);
    return title == kNone ? plain(family)
                          : fmt::format("{}. {}", plain(family), plain(text(title)));
  }

  std::string numbers(Range provisions) const {
    std::string joined;
    for (const std::uint32_t index : form_.provisions_of(provisions)) {
      if (!joined.empty()) joined += ", ";
      joined += form_.number(form_.provisions()[index]);
    }
    return joined;
  }

  void line(std::string_view word, std::string_view said) {
    if (!said.empty()) out_ += fmt::format("* {} {}\n", plain(texts_.phrase(word)), plain(said));
  }

  void add(const Rule& rule) {
    out_ += fmt::format("\n### `{}`\n\n", form_.string(rule.id));
    std::string standing = texts_.phrase(fmt::format("severity.{}", to_string(rule.severity)));
    standing += fmt::format(
        " · {}", texts_.phrase(fmt::format("rules_document.stage.{}", to_string(rule.stage))));
    standing += fmt::format(" · {}", texts_.phrase(rule.parties_only ? "rules_document.for.parties"
                                                                     : "rules_document.for.all"));
    const std::string provisions = numbers(rule.provisions);
    if (!provisions.empty())
      standing += " · " + texts_.phrase("report.provisions", {{"provisions", provisions}});
    out_ += plain(standing) + "\n\n" + plain(text(rule.message)) + "\n\n";
    line("report.why", text(rule.why));
    line("report.mend", text(rule.mend));
    // Remarks are for those who keep the rules, in the language in which rules are written.
    if (language_ == 0) line("rules_document.remark", form_.string(rule.remark));
  }

  void add_provisions() {
    std::map<std::uint32_t, std::vector<std::string_view>> by_provision;
    for (const Rule& rule : form_.rules())
      for (const std::uint32_t index : form_.provisions_of(rule.provisions))
        by_provision[index].push_back(form_.string(rule.id));
    if (by_provision.empty()) return;
    out_ += fmt::format("\n## {}\n\n", plain(texts_.phrase("rules_document.by_provision")));
    for (const auto& [index, rules] : by_provision)
      out_ += fmt::format("* {}: `{}`\n", plain(form_.number(form_.provisions()[index])),
                          fmt::join(rules, "`, `"));
  }

  const Form& form_;
  std::uint32_t language_;
  FindingTexts texts_;
  std::string out_;
};

}  // namespace

std::string rules_document(const Form& form, std::string_view language) {
  return Document(form, language).make();
}

}  // namespace cosp
