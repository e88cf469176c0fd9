#include "service/form_diff.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "service/field_facts.hpp"
#include "service/release_pairing.hpp"

namespace cosp {
namespace {

using Kind = FormChange::Kind;

/// A field of the earlier release that has no counterpart, or of the later that has no ancestor.
struct Loose {
  std::uint32_t index = kNone;
  std::string suffix, label;
  QuestionType type = QuestionType::text;
};

/// For each that is gone the one that alone resembles it, of several the one of an equal suffix; a
/// code is guessed once.
std::map<std::uint32_t, std::uint32_t> guesses(const std::vector<Loose>& gone,
                                               const std::vector<Loose>& fresh) {
  std::map<std::uint32_t, std::uint32_t> found;
  std::map<std::uint32_t, int> taken;
  for (const Loose& old : gone) {
    std::vector<const Loose*> alike;
    for (const Loose& one : fresh)
      if (!old.label.empty() && one.label == old.label && one.type == old.type)
        alike.push_back(&one);
    if (alike.size() > 1)
      std::erase_if(alike, [&](const Loose* one) { return one->suffix != old.suffix; });
    if (alike.size() != 1) continue;
    found[old.index] = alike.front()->index;
    ++taken[alike.front()->index];
  }
  std::erase_if(found, [&](const auto& pair) { return taken[pair.second] > 1; });
  return found;
}

class Differ {
 public:
  Differ(const ReleasePairing& pairing, std::string_view language)
      : pairing_(pairing), from_(pairing.from()), to_(pairing.to()) {
    languages_.emplace_back(to_.language_tag(0));
    if (!language.empty() && language != languages_.front()) languages_.emplace_back(language);
  }

  FormDiff run() {
    diff_chapters();
    diff_questions();
    diff_registers();
    diff_lists();
    diff_provisions();
    diff_rules();
    diff_tables();
    return std::move(diff_);
  }

 private:
  static std::string folded(std::string_view text) { return fold_for_comparison(text); }

  std::string source_text(const Form& form, TextId id) const {
    return id == kNone ? std::string()
                       : std::string(form.text(id, form.language(languages_.front())).value);
  }

  /// A text in each language that both releases have.
  void compare_text(FormChange& change, const char* aspect, TextId was, TextId is) const {
    for (const std::string& language : languages_) {
      if (!from_.has_language(language) || !to_.has_language(language)) continue;
      const auto text = [&](const Form& form, TextId id) {
        return id == kNone ? std::string()
                           : std::string(form.text(id, form.language(language)).value);
      };
      compare(change, aspect, text(from_, was), text(to_, is), language);
    }
  }

  static void compare(FormChange& change, std::string aspect, std::string was, std::string is,
                      std::string language = {}) {
    if (was != is)
      change.details.push_back(
          {std::move(aspect), std::move(language), std::move(was), std::move(is)});
  }

  void keep(FormChange change) {
    if (change.kind != Kind::changed || !change.details.empty())
      diff_.changes.push_back(std::move(change));
  }

  void added(const char* thing, std::string code, const std::string& label, std::string answers) {
    FormChange change{Kind::added, thing, std::move(code), {}, std::move(answers), {}};
    if (!label.empty()) change.details.push_back({"label", languages_.front(), {}, label});
    diff_.changes.push_back(std::move(change));
  }

  void removed(const char* thing, std::string code, const std::string& label, std::string answers,
               std::string guess = {}) {
    FormChange change{Kind::removed,      thing,           std::move(code), {},
                      std::move(answers), std::move(guess)};
    if (!label.empty()) change.details.push_back({"label", languages_.front(), label, {}});
    diff_.changes.push_back(std::move(change));
  }

  void diff_chapters() {
    for (const Chapter& chapter : to_.chapters()) {
      const std::string code(to_.string(chapter.code));
      const std::uint32_t old = from_.find_chapter(code);
      if (old == kNone) {
        added("chapter", code, source_text(to_, chapter.title), {});
        continue;
      }
      FormChange change{Kind::changed, "chapter", code, {}, {}, {}};
      compare_text(change, "title", from_.chapters()[old].title, chapter.title);
      keep(std::move(change));
    }
    for (const Chapter& chapter : from_.chapters())
      if (const std::string code(from_.string(chapter.code)); to_.find_chapter(code) == kNone)
        removed("chapter", code, source_text(from_, chapter.title), {});
    diff_blocks();
  }

  /// A block may move to another chapter; its questions keep their codes and their answers.
  void diff_blocks() {
    for (const Block& block : to_.blocks()) {
      const std::string code(to_.string(block.code));
      const std::uint32_t old = from_.find_block(code);
      if (old == kNone) {
        added("block", code, source_text(to_, block.title), {});
        continue;
      }
      const Block& was = from_.block(old);
      FormChange change{Kind::changed, "block", code, {}, {}, {}};
      compare(change, "chapter", std::string(from_.string(from_.chapters()[was.chapter].code)),
              std::string(to_.string(to_.chapters()[block.chapter].code)));
      if (!change.details.empty()) change.answers = "carried over, question by question";
      compare(change, "article", std::string(from_.string(was.article)),
              std::string(to_.string(block.article)));
      compare_text(change, "title", was.title, block.title);
      keep(std::move(change));
    }
    for (const Block& block : from_.blocks())
      if (const std::string code(from_.string(block.code)); to_.find_block(code) == kNone)
        removed("block", code, source_text(from_, block.title), {});
  }

  FormChange compare_fields(const char* thing, std::string code, const Field& was,
                            const Field& is) const {
    FormChange change{Kind::changed, thing, std::move(code), {}, {}, {}};
    const std::vector<Fact> before = field_facts(from_, was), after = field_facts(to_, is);
    for (std::size_t i = 0; i < before.size(); ++i)
      compare(change, before[i].first, before[i].second, after[i].second);
    compare_text(change, "label", was.label, is.label);
    compare_text(change, "help", was.help, is.help);
    change.answers = fate_of_answers(pairing_, was, is);
    return change;
  }

  Loose loose(const Form& form, const Field& field, std::uint32_t index) const {
    return {index, std::string(form.string(field.suffix)), folded(source_text(form, field.label)),
            field.type};
  }

  void diff_questions() {
    std::vector<Loose> gone, fresh;
    for (std::uint32_t i = 0; i < to_.questions().size(); ++i) {
      const Question& question = to_.question(i);
      const std::uint32_t old = from_.find_question(to_.code(question));
      if (old == kNone) {
        fresh.push_back(loose(to_, question, i));
        added("question", std::string(to_.code(question)), source_text(to_, question.label),
              "asked anew");
        continue;
      }
      compare_question(from_.question(old), question);
    }
    for (std::uint32_t i = 0; i < from_.questions().size(); ++i)
      if (pairing_.question(i).to == kNone) gone.push_back(loose(from_, from_.question(i), i));
    const auto guessed = guesses(gone, fresh);
    for (const Loose& old : gone) {
      const Question& question = from_.question(old.index);
      const auto guess = guessed.find(old.index);
      remove_field("question", {}, question, std::string(from_.code(question)),
                   guess == guessed.end() ? nullptr : &to_.question(guess->second),
                   diff_.questions);
    }
  }

  void compare_question(const Question& was, const Question& is) {
    FormChange change = compare_fields("question", std::string(to_.code(is)), was, is);
    if (condition_words(from_, was.condition) != condition_words(to_, is.condition))
      change.details.push_back({"asked when", {}, asked(from_, was), asked(to_, is)});
    if (const std::string why = pairing_.obstacle(was, is); !why.empty())
      diff_.questions.push_back({{}, std::string(from_.code(was)), {}, why});
    keep(std::move(change));
  }

  static std::string asked(const Form& form, const Question& question) {
    return question.condition == kNone ? "always" : condition_words(form, question.condition);
  }

  /// `guess` may be null.
  void remove_field(const char* thing, const std::string& owner, const Field& field,
                    std::string code, const Field* guess, std::vector<MapLine>& lines) {
    const std::string guessed = guess == nullptr ? std::string() : std::string(to_.code(*guess));
    std::string answers = "not carried over";
    std::string why = fmt::format("not in {}", to_.version());
    if (guess != nullptr) answers += fmt::format(", unless a map says that it is {} now", guessed);
    removed(thing, std::move(code), source_text(from_, field.label), std::move(answers), guessed);
    lines.push_back({owner, std::string(from_.code(field)), guessed, std::move(why)});
  }

  void diff_registers() {
    std::vector<Loose> gone, fresh;
    for (std::uint32_t i = 0; i < to_.registers().size(); ++i) {
      const Register& registry = to_.registry(i);
      const std::string code(to_.string(registry.code));
      const std::uint32_t old = from_.find_register(code);
      if (old != kNone) {
        compare_register(from_.registry(old), registry);
        continue;
      }
      fresh.push_back({i, {}, folded(source_text(to_, registry.title)), QuestionType::text});
      added("register", code, source_text(to_, registry.title), "asked anew");
    }
    for (std::uint32_t i = 0; i < from_.registers().size(); ++i)
      if (pairing_.registry(i).to == kNone)
        gone.push_back(
            {i, {}, folded(source_text(from_, from_.registry(i).title)), QuestionType::text});
    const auto guessed = guesses(gone, fresh);
    for (const Loose& old : gone) {
      const auto found = guessed.find(old.index);
      const std::string guess = found == guessed.end()
                                    ? std::string()
                                    : std::string(to_.string(to_.registry(found->second).code));
      const Register& registry = from_.registry(old.index);
      const std::string code(from_.string(registry.code));
      removed("register", code, source_text(from_, registry.title),
              guess.empty() ? "its rows are not carried over"
                            : fmt::format("its rows are not carried over, unless a map says that "
                                          "it is {} now",
                                          guess),
              guess);
      diff_.registers.push_back({{}, code, guess, fmt::format("not in {}", to_.version())});
    }
  }

  void compare_register(const Register& was, const Register& is) {
    const std::string code(to_.string(is.code));
    FormChange change{Kind::changed, "register", code, {}, "its rows are carried over", {}};
    compare(change, "rows at most", std::to_string(was.most_rows), std::to_string(is.most_rows));
    compare(change, "visibility", std::string(to_string(was.floor)),
            std::string(to_string(is.floor)));
    compare_text(change, "title", was.title, is.title);
    keep(std::move(change));
    std::vector<Loose> gone, fresh;
    for (const Column& column : to_.columns_of(is)) {
      const std::uint32_t old = from_.find_column(was, to_.code(column));
      const auto index = static_cast<std::uint32_t>(&column - to_.columns().data());
      if (old != kNone) {
        compare_column(code, from_.column(old), column);
        continue;
      }
      fresh.push_back(loose(to_, column, index));
      added("column", fmt::format("{}/{}", code, to_.code(column)), source_text(to_, column.label),
            "asked anew");
    }
    for (const Column& column : from_.columns_of(was))
      if (to_.find_column(is, from_.code(column)) == kNone)
        gone.push_back(
            loose(from_, column, static_cast<std::uint32_t>(&column - from_.columns().data())));
    const auto guessed = guesses(gone, fresh);
    for (const Loose& old : gone) {
      const Column& column = from_.column(old.index);
      const auto guess = guessed.find(old.index);
      remove_field("column", code, column, fmt::format("{}/{}", code, from_.code(column)),
                   guess == guessed.end() ? nullptr : &to_.column(guess->second), diff_.columns);
    }
  }

  void compare_column(const std::string& registry, const Column& was, const Column& is) {
    if (const std::string why = pairing_.obstacle(was, is); !why.empty())
      diff_.columns.push_back({registry, std::string(from_.code(was)), {}, why});
    keep(compare_fields("column", fmt::format("{}/{}", registry, to_.code(is)), was, is));
  }

  void diff_lists() {
    for (std::uint32_t i = 0; i < to_.lists().size(); ++i) {
      const std::string code(to_.string(to_.list(i).code));
      const std::uint32_t old = from_.find_list(code);
      if (old == kNone)
        added("list", code, source_text(to_, to_.list(i).title), {});
      else
        compare_list(code, old, i);
    }
    for (const List& list : from_.lists())
      if (const std::string code(from_.string(list.code)); to_.find_list(code) == kNone)
        removed("list", code, source_text(from_, list.title), {});
  }

  static std::string order_of(const Form& form, std::uint32_t list, const Form& other,
                              std::uint32_t other_list) {
    std::vector<std::string_view> codes;
    for (const Option& option : form.options_of(list))
      if (other.find_option(other_list, form.string(option.code)) != kNone)
        codes.push_back(form.string(option.code));
    return fmt::format("{}", fmt::join(codes, ", "));
  }

  void compare_list(const std::string& code, std::uint32_t old, std::uint32_t now) {
    FormChange change{Kind::changed, "list", code, {}, {}, {}};
    compare_text(change, "title", from_.list(old).title, to_.list(now).title);
    compare(change, "is a scale", from_.list(old).is_ordered ? "yes" : "",
            to_.list(now).is_ordered ? "yes" : "");
    compare(change, "order", order_of(from_, old, to_, now), order_of(to_, now, from_, old));
    keep(std::move(change));
    std::vector<Loose> gone, fresh;
    const auto offered = to_.options_of(now);
    for (std::uint32_t i = 0; i < offered.size(); ++i) {
      const std::string option(to_.string(offered[i].code));
      const std::uint32_t position = from_.find_option(old, option);
      if (position != kNone) {
        compare_option(code, from_.options_of(old)[position], offered[i]);
        continue;
      }
      fresh.push_back({i, {}, folded(source_text(to_, offered[i].label)), QuestionType::single});
      added("option", fmt::format("{}/{}", code, option), source_text(to_, offered[i].label), {});
    }
    const auto former = from_.options_of(old);
    for (std::uint32_t i = 0; i < former.size(); ++i)
      if (to_.find_option(now, from_.string(former[i].code)) == kNone)
        gone.push_back({i, {}, folded(source_text(from_, former[i].label)), QuestionType::single});
    const auto guessed = guesses(gone, fresh);
    for (const Loose& one : gone) {
      const std::string option(from_.string(former[one.index].code));
      const auto found = guessed.find(one.index);
      const std::string guess = found == guessed.end()
                                    ? std::string()
                                    : std::string(to_.string(offered[found->second].code));
      removed("option", fmt::format("{}/{}", code, option),
              source_text(from_, former[one.index].label),
              guess.empty() ? "not carried over where it was chosen"
                            : fmt::format("not carried over where it was chosen, unless a map says "
                                          "that it is {} now",
                                          guess),
              guess);
      diff_.options.push_back({code, option, guess, fmt::format("not in {}", to_.version())});
    }
  }

  void compare_option(const std::string& list, const Option& was, const Option& is) {
    FormChange change{
        Kind::changed, "option", fmt::format("{}/{}", list, to_.string(is.code)), {}, {}, {}};
    compare_text(change, "label", was.label, is.label);
    compare(change, "stands alone", was.is_exclusive ? "yes" : "", is.is_exclusive ? "yes" : "");
    compare(change, "needs a note", was.needs_note ? "yes" : "", is.needs_note ? "yes" : "");
    compare(change, "provisions", provision_codes(from_, was.provisions),
            provision_codes(to_, is.provisions));
    change.answers = is.is_exclusive && !was.is_exclusive
                         ? "not carried over where others were chosen beside it"
                         : "carried over";
    keep(std::move(change));
  }

  /// Only answers that name provisions need them.
  void diff_provisions() {
    const auto names = [](const Field& field) { return field.type == QuestionType::provisions; };
    const bool is_named = std::ranges::any_of(from_.questions(), names) ||
                          std::ranges::any_of(from_.columns(), names);
    for (std::uint32_t i = 0; i < from_.provisions().size(); ++i) {
      if (pairing_.provision(i).to != kNone) continue;
      const std::string code(from_.string(from_.provisions()[i].code));
      removed("provision", code, {}, is_named ? "not carried over where it was named" : "");
      if (is_named)
        diff_.provisions.push_back({{}, code, {}, fmt::format("not in {}", to_.version())});
    }
    for (const Provision& provision : to_.provisions())
      if (from_.find_provision(to_.string(provision.code)) == kNone)
        added("provision", std::string(to_.string(provision.code)), {}, {});
  }

  void diff_rules() {
    for (const Rule& rule : to_.rules()) {
      const std::string id(to_.string(rule.id));
      const std::uint32_t old = from_.find_rule(id);
      if (old == kNone) {
        added("rule", id, source_text(to_, rule.why), {});
        continue;
      }
      const Rule& was = from_.rules()[old];
      FormChange change{Kind::changed, "rule", id, {}, {}, {}};
      compare(change, "severity", std::string(to_string(was.severity)),
              std::string(to_string(rule.severity)));
      compare(change, "stage", std::string(to_string(was.stage)),
              std::string(to_string(rule.stage)));
      compare(change, "for", was.parties_only ? "parties" : "all",
              rule.parties_only ? "parties" : "all");
      compare_text(change, "message", was.message, rule.message);
      keep(std::move(change));
    }
    for (const Rule& rule : from_.rules())
      if (const std::string id(from_.string(rule.id)); to_.find_rule(id) == kNone)
        removed("rule", id, source_text(from_, rule.why), {});
  }

  void diff_tables() {
    for (const Declaration& table : to_.table_declarations()) {
      const std::string id(to_.string(table.id));
      const std::uint32_t old = from_.find_table(id);
      if (old == kNone) {
        added("table", id, {}, {});
        continue;
      }
      FormChange change{Kind::changed, "table", id, {}, {}, {}};
      compare(change, "declaration",
              std::string(from_.string(from_.table_declarations()[old].json)),
              std::string(to_.string(table.json)));
      keep(std::move(change));
    }
    for (const Declaration& table : from_.table_declarations())
      if (const std::string id(from_.string(table.id)); to_.find_table(id) == kNone)
        removed("table", id, {}, {});
  }

  const ReleasePairing& pairing_;
  const Form& from_;
  const Form& to_;
  std::vector<std::string> languages_;
  FormDiff diff_;
};

}  // namespace

FormDiff diff_forms(const Form& from, const Form& to, std::string_view language) {
  // Without a map there is nothing that could be wrong with it.
  const auto pairing = ReleasePairing::make(from, to, nullptr);
  return Differ(*pairing, language).run();
}

}  // namespace cosp
