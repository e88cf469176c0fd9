#include "service/release_pairing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace cosp {
namespace {

/// Why something without a line in the map is nowhere.
std::string gone(const Form& to) { return fmt::format("not in {} {}", to.id(), to.version()); }

std::string unconfirmed(const CodeMove& move) {
  return fmt::format("perhaps {} now, but the map marks it as a guess", move.to);
}

/// Both hold options chosen from a list.
bool is_both_choice(QuestionType from, QuestionType to) { return is_choice(from) && is_choice(to); }

bool is_language(QuestionType type) {
  return type == QuestionType::language || type == QuestionType::languages;
}

bool is_same_kind(QuestionType from, QuestionType to) {
  return from == to || is_both_choice(from, to) || (is_text(from) && is_text(to)) ||
         (is_language(from) && is_language(to));
}

}  // namespace

/// Pairs equal codes, then applies the map's lines, and collects what is wrong with them.
class ReleasePairing::Maker {
 public:
  Maker(const Form& from, const Form& to, const MigrationMap* map)
      : from_(from), to_(to), map_(map), made_(from, to) {}

  Result<ReleasePairing> make() {
    if (map_ != nullptr) expect_releases();
    pair_questions();
    pair_registers();
    pair_columns();
    pair_provisions();
    if (map_ != nullptr) {
      read_options();
      read_units();
    }
    if (mistakes_.empty()) return std::move(made_);
    return Error{Error::Kind::bad_input, mistakes_, map_ != nullptr ? map_->name : ""};
  }

 private:
  void add(std::string what) { mistakes_ += (mistakes_.empty() ? "" : "\n") + std::move(what); }

  void expect_release(const Form& form, const MappedRelease& named) {
    if (form.id() != named.id || form.version() != named.version)
      return add(fmt::format("expected a map of {} {}, got one of {} {}", form.id(), form.version(),
                             named.id, named.version));
    if (!named.structure.empty() && named.structure != form.structure_digest())
      add(
          fmt::format("expected the structure of {} {} that the map was made for, but its "
                      "questions have changed since; make the map anew",
                      form.id(), form.version()));
  }

  void expect_releases() {
    expect_release(from_, map_->from);
    expect_release(to_, map_->to);
  }

  /// `find_from` and `find_to` give the index of a code, `is_equal` whether there is one of an
  /// equal code. Then no two may lead to the same.
  template <class FindFrom, class FindTo>
  void apply(const std::vector<CodeMove>& moves, std::string_view kind,
             std::vector<Counterpart>& pairs, const FindFrom& find_from, const FindTo& find_to) {
    for (const CodeMove& move : moves) {
      const std::uint32_t index = find_from(move);
      if (index == kNone) {
        add(fmt::format("unknown {} \"{}\" in {} {}", kind, move.from, from_.id(),
                        from_.version()));
        continue;
      }
      if (move.to.empty()) {
        pairs[index] = {kNone, move.why};
        continue;
      }
      const std::uint32_t target = find_to(move, index);
      if (target == kNone)
        add(fmt::format("unknown {} \"{}\" in {} {}", kind, move.to, to_.id(), to_.version()));
      else if (move.is_guess)
        pairs[index] = {kNone, unconfirmed(move)};
      else
        pairs[index] = {target, {}};
    }
  }

  template <class CodeOf>
  void expect_distinct(std::string_view kind, const std::vector<Counterpart>& pairs,
                       const CodeOf& code_of) {
    std::map<std::uint32_t, std::uint32_t> taken;
    for (std::uint32_t i = 0; i < pairs.size(); ++i) {
      if (pairs[i].to == kNone) continue;
      const auto [first, is_new] = taken.emplace(pairs[i].to, i);
      if (!is_new)
        add(fmt::format("expected each {} to become another, but \"{}\" and \"{}\" become the same",
                        kind, code_of(first->second), code_of(i)));
    }
  }

  void pair_questions() {
    for (const Question& question : from_.questions())
      made_.questions_.push_back({to_.find_question(from_.code(question)), gone(to_)});
    if (map_ == nullptr) return;
    apply(
        map_->questions, "question", made_.questions_,
        [&](const CodeMove& move) { return from_.find_question(move.from); },
        [&](const CodeMove& move, std::uint32_t) { return to_.find_question(move.to); });
    expect_distinct("question", made_.questions_,
                    [&](std::uint32_t i) { return from_.code(from_.question(i)); });
  }

  void pair_registers() {
    for (const Register& registry : from_.registers())
      made_.registers_.push_back({to_.find_register(from_.string(registry.code)), gone(to_)});
    if (map_ == nullptr) return;
    apply(
        map_->registers, "register", made_.registers_,
        [&](const CodeMove& move) { return from_.find_register(move.from); },
        [&](const CodeMove& move, std::uint32_t) { return to_.find_register(move.to); });
    expect_distinct("register", made_.registers_,
                    [&](std::uint32_t i) { return from_.string(from_.registry(i).code); });
  }

  std::uint32_t column_in(std::uint32_t registry, std::string_view code) const {
    return registry == kNone ? kNone : to_.find_column(to_.registry(registry), code);
  }

  void pair_columns() {
    for (const Column& column : from_.columns())
      made_.columns_.push_back(
          {column_in(made_.registers_[column.owner].to, from_.code(column)), gone(to_)});
    if (map_ == nullptr) return;
    apply(
        map_->columns, "column", made_.columns_,
        [&](const CodeMove& move) {
          const std::uint32_t owner = from_.find_register(move.owner);
          return owner == kNone ? kNone : from_.find_column(from_.registry(owner), move.from);
        },
        [&](const CodeMove& move, std::uint32_t index) {
          return column_in(made_.registers_[from_.column(index).owner].to, move.to);
        });
    expect_distinct("column", made_.columns_,
                    [&](std::uint32_t i) { return from_.code(from_.column(i)); });
  }

  void pair_provisions() {
    for (const Provision& provision : from_.provisions())
      made_.provisions_.push_back({to_.find_provision(from_.string(provision.code)), gone(to_)});
    if (map_ == nullptr) return;
    apply(
        map_->provisions, "provision", made_.provisions_,
        [&](const CodeMove& move) { return from_.find_provision(move.from); },
        [&](const CodeMove& move, std::uint32_t) { return to_.find_provision(move.to); });
  }

  /// Whether an option is offered now depends on the list of the question it is chosen in.
  void read_options() {
    for (const CodeMove& move : map_->options) {
      const std::uint32_t list = from_.find_list(move.owner);
      if (list == kNone || from_.find_option(list, move.from) == kNone)
        add(fmt::format("unknown option \"{}/{}\" in {} {}", move.owner, move.from, from_.id(),
                        from_.version()));
      else if (!move.to.empty() && !is_option(move.to))
        add(fmt::format("unknown option \"{}\" in {} {}", move.to, to_.id(), to_.version()));
      else
        made_.options_.emplace(std::make_pair(list, move.from), told(move));
    }
  }

  bool is_option(std::string_view code) const {
    return std::ranges::any_of(to_.tables().options, [&](const Option& option) {
      return to_.string(option.code) == code;
    });
  }

  static CodeMove told(CodeMove move) {
    if (move.is_guess) move.why = unconfirmed(move);
    if (move.is_guess) move.to.clear();
    return move;
  }

  /// A unit that is not said to be another is itself; one that is dropped or guessed is none.
  void read_units() {
    for (const CodeMove& move : map_->units) {
      const auto has_unit = [](const Form& form, std::string_view unit) {
        const auto is_it = [&](const Field& field) { return form.string(field.unit) == unit; };
        return std::ranges::any_of(form.questions(), is_it) ||
               std::ranges::any_of(form.columns(), is_it);
      };
      if (!has_unit(from_, move.from))
        add(fmt::format("unknown unit \"{}\" in {} {}", move.from, from_.id(), from_.version()));
      else if (!move.to.empty() && !has_unit(to_, move.to))
        add(fmt::format("unknown unit \"{}\" in {} {}", move.to, to_.id(), to_.version()));
      else
        made_.units_.emplace(move.from, move.is_guess ? std::string() : move.to);
    }
  }

  const Form& from_;
  const Form& to_;
  const MigrationMap* map_;
  ReleasePairing made_;
  std::string mistakes_;
};

Result<ReleasePairing> ReleasePairing::make(const Form& from, const Form& to,
                                            const MigrationMap* map) {
  return Maker(from, to, map).make();
}

ReleasePairing::OptionCode ReleasePairing::option(std::uint32_t list, std::string_view code) const {
  const auto moved = options_.find(std::make_pair(list, std::string(code)));
  if (moved == options_.end()) return {code, {}};
  return {moved->second.to, moved->second.why};
}

std::string_view ReleasePairing::unit(std::string_view code) const {
  const auto moved = units_.find(code);
  return moved == units_.end() ? code : std::string_view(moved->second);
}

std::string ReleasePairing::obstacle(const Field& from, const Field& to) const {
  if (!is_same_kind(from.type, to.type))
    return fmt::format("its type was {}, and is {} now", to_string(from.type), to_string(to.type));
  if (from.is_personal && !to.is_personal)
    return "it was personal, and is to be given for publication now";
  const std::string_view was = from_->string(from.unit), is = to_->string(to.unit);
  if (unit(was) != is)
    return fmt::format("its unit was {}, and is {} now", was.empty() ? "none" : was,
                       is.empty() ? "none" : is);
  if (from.type == QuestionType::reference && registers_[from.registry].to != to.registry)
    return fmt::format("it cited rows of {}, and cites rows of {} now",
                       from_->string(from_->registry(from.registry).code),
                       to_->string(to_->registry(to.registry).code));
  return {};
}

}  // namespace cosp
