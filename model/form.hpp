/// The compiled form: a questionnaire with its lists, registers, rules, tables and texts as dense,
/// read-only arrays.
///
/// A `Form` is a view over one flat image (made by `readers/form_loader.hpp`, mapped from a file at
/// start). All parts are trivially copyable records that name each other by index; `kNone` stands
/// for "no such thing". Strings are UTF-8 slices of one pool and live as long as the form. Copies
/// share the image. Thread-safe: nothing changes.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "model/kinds.hpp"

namespace cosp {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

struct StringRef {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
};

/// `count` records of a table from `first` on.
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Index into the form's texts, which are sorted by id.
using TextId = std::uint32_t;

/// Where something was declared; lines and columns from 1.
struct DeclaredAt {
  std::uint32_t file = kNone;  ///< index into `Form::files`
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A bound of a date: a day, or a moment of the cycle, or (both unset) none.
struct DateBound {
  Moment moment = Moment::none;
  bool is_set = false;  ///< `date` holds
  Date date{};
};

/// What questions and columns of registers have in common.
struct Field {
  StringRef code;    ///< whole code of a question ("block.suffix"); a column's own code
  StringRef suffix;  ///< code without the block
  TextId label = kNone;
  TextId help = kNone;
  QuestionType type = QuestionType::text;
  Obligation obligation = Obligation::none;
  Requirement required = Requirement::never;
  Visibility floor = Visibility::open;
  Binding bind = Binding::none;
  bool is_personal = false;
  bool stays_open = false;       ///< asked although the whole article is reserved
  bool always_answered = false;  ///< takes no reasoned non-answer
  bool has_minimum = false;
  bool has_maximum = false;
  std::uint8_t decimals = 0;
  std::uint32_t list = kNone;
  std::uint64_t allowed = 0;           ///< choices: the options offered, by position in the list
  std::uint64_t exclusive = 0;         ///< choices: options that stand alone
  std::uint32_t offered_when = kNone;  ///< choices: question whose ticked options alone are offered
  std::uint32_t most_choices = 0;      ///< 0: no limit
  std::uint32_t registry = kNone;      ///< references: the register cited
  std::uint32_t least_rows = 0;
  std::uint32_t most_rows = 0;        ///< 0: no limit
  std::uint32_t most_words = 0;       ///< 0: no limit
  std::uint32_t most_characters = 0;  ///< code points; 0: no limit
  StringRef unit;                     ///< a code of the form's own, text `unit.<code>`
  StringRef pattern;                  ///< RE2, matched whole; empty: none
  Decimal minimum{};
  Decimal maximum{};
  DateBound earliest;
  DateBound latest;
  Range provisions;  ///< into `provision_refs`
  DeclaredAt declared;
};

struct Question : Field {
  std::uint32_t block = kNone;
  std::uint32_t module = kNone;     ///< index into `modules`; kNone for a block's own question
  std::uint32_t condition = kNone;  ///< asked when; kNone: always
};

struct Column : Field {
  std::uint32_t owner = kNone;  ///< its register
};

/// At most 64 options: answers hold them as bits, by position in the list.
struct Option {
  StringRef code;
  TextId label = kNone;
  std::uint32_t block = kNone;  ///< options made from blocks
  Range provisions;             ///< into `provision_refs`
  bool is_exclusive = false;
  bool needs_note = false;
};

struct List {
  StringRef code;
  TextId title = kNone;
  Range options;
  bool is_ordered = false;
  DeclaredAt declared;
};

struct Register {
  StringRef code;
  TextId title = kNone;
  Range columns;
  std::uint32_t most_rows = 0;
  std::uint32_t title_column = kNone;  ///< absolute index into `columns`
  Visibility floor = Visibility::open;
  DeclaredAt declared;
};

struct Provision {
  StringRef code;     ///< "7(1)"
  StringRef number;   ///< as readers see it: the code, unless an erratum corrects it
  StringRef article;  ///< "7"
  StringRef erratum;  ///< why the number differs from the code; empty: there is no erratum
  Date erratum_on{};
  /// A paraphrase, or in a language for which a secretariat has given it the authentic text
  /// (`Form::is_authentic`).
  TextId summary = kNone;
  std::uint32_t chapter =
      kNone;  ///< index into `chapters`, kNone when the form has no such chapter
  Obligation obligation = Obligation::none;
  bool is_verified = false;  ///< against the authentic text
  bool is_whole_article = false;
};

struct Chapter {
  StringRef code;
  TextId title = kNone;
  Range blocks;
  bool is_always_asked = false;  ///< belongs to every phase
};

struct Block {
  StringRef code;
  StringRef article;  ///< empty: about no article
  TextId title = kNone;
  std::uint32_t chapter = kNone;
  std::uint32_t provision = kNone;  ///< the whole article
  Range questions;
  Range modules;  ///< into `block_modules`: indexes of modules used
};

struct Module {
  StringRef code;
};

/// The operators of conditions; see docs/formats/form.md.
enum class Operator : std::uint8_t {
  given,
  answered,
  absent,
  reason_is,
  is,
  is_not,
  is_any,
  is_none_of,
  includes_any,
  includes_all,
  includes_only,
  excludes,
  equals,
  differs,
  above,
  below,
  at_least,
  at_most,
  before,
  after,
  on_or_before,
  on_or_after,
};

enum class ConditionKind : std::uint8_t {
  all,        ///< children follow; true when empty
  any,        ///< children follow
  negation,   ///< one child follows
  answer,     ///< `subject`: question
  cell,       ///< `subject`: column of the row at hand
  rows,       ///< `subject`: register; quantified; child follows when `has_child`
  count,      ///< `operands`: questions that fit the leaf that follows
  sum,        ///< `operands`: questions summed
  previous,   ///< `subject`: question, answer of the last cycle
  reserved,   ///< `subject`: provision
  position,   ///< `mask`: bits of Position
  submitter,  ///< `mask`: bits of SubmitterKind
  stage,      ///< `mask`: bits of Stage
};

enum class Quantifier : std::uint8_t { any, all, none, count };

/// One node of a condition. A condition is an index of its root; children lie behind their parent,
/// in order, and `next` is the index of the first node behind the whole subtree.
struct ConditionNode {
  ConditionKind kind = ConditionKind::all;
  Operator op = Operator::given;
  Quantifier quantifier = Quantifier::any;
  Moment moment = Moment::none;  ///< compare with a moment of the cycle
  bool has_number = false;       ///< compare with `number`
  bool has_date = false;         ///< compare with `date`
  bool has_child = false;
  std::uint32_t subject = kNone;
  std::uint32_t other = kNone;  ///< compare with this question (answer, previous) or column (cell)
  std::uint32_t cited_by = kNone;       ///< rows: only those cited by this question
  std::uint32_t naming_column = kNone;  ///< rows: only those whose column names …
  std::uint32_t naming =
      kNone;               ///< … this option's position in the column's list, or this provision
  std::uint64_t mask = 0;  ///< options by position in the list; for reason_is bits of Reason
  Range strings;           ///< into `condition_strings`: texts, languages, submitters compared
  Range provisions;        ///< into `provision_refs`
  Range operands;          ///< into `condition_operands`
  Range other_operands;    ///< into `condition_operands`: the second sum
  Decimal number{};
  Date date{};
  std::uint32_t next = 0;
};

struct RuleArgument {
  enum class Kind : std::uint8_t {
    block_title,     ///< `subject`: block
    question_label,  ///< `subject`: question
    answer,          ///< `subject`: question; as a reader sees it
    cell,            ///< `subject`: column of the row at hand
    column_label,    ///< `subject`: column
    option_label,    ///< `subject`: option
    row_title,       ///< name of the row at hand
    provision,       ///< `subject`: provision; its code
    text,            ///< `subject`: TextId
  };
  StringRef name;
  Kind kind = Kind::text;
  std::uint32_t subject = kNone;
};

/// A rule as declared; `instances` are its expansions over blocks, options or questions (one when
/// it has none).
struct Rule {
  StringRef id;
  Severity severity = Severity::warning;
  Stage stage = Stage::final;
  bool parties_only = false;
  bool speaks_on_reserved = false;
  Range provisions;  ///< into `provision_refs`
  TextId message = kNone;
  TextId why = kNone;
  TextId mend = kNone;
  Range instances;
  StringRef check;     ///< name of the check called instead of `expect`; empty: none
  StringRef examples;  ///< JSON object {"wrong": {…}, "right": {…}}, as declared
  StringRef family;    ///< one word or letter that groups rules; may be empty
  StringRef remark;    ///< for whoever keeps the rules: why it is as it is; may be empty
  DeclaredAt declared;
};

struct RuleInstance {
  std::uint32_t rule = kNone;
  std::uint32_t block = kNone;     ///< the block it speaks of, if it is one
  std::uint32_t registry = kNone;  ///< runs on each row of this register
  std::uint32_t when = kNone;      ///< kNone: always
  std::uint32_t expect = kNone;    ///< kNone: the check decides
  std::uint32_t at_question = kNone;
  std::uint32_t at_column = kNone;
  Range arguments;             ///< into `rule_arguments`
  StringRef check_parameters;  ///< JSON object, codes as declared; empty: none
};

/// A table or a product: its kind and parameters as declared, as JSON with codes resolved by
/// whoever runs it.
struct Declaration {
  StringRef id;
  StringRef kind;  ///< table: its kind; product: its format
  StringRef json;  ///< the whole declaration
  DeclaredAt declared;
};

struct NamedIndex {
  StringRef name;
  std::uint32_t index = kNone;
};

/// How a reasoned non-answer is to be accompanied.
struct ReasonDeclaration {
  std::uint32_t detail_list = kNone;  ///< one option of it is required
  std::uint32_t registry = kNone;     ///< rows of it are to be cited in the note's `rows`
  bool needs_note = false;
};

/// How reservations close questions; `registry` is kNone when the form has none.
struct ReservationDeclaration {
  std::uint32_t registry = kNone;
  std::uint32_t provisions_column = kNone;
  std::uint32_t in_force = kNone;  ///< condition on the row
};

/// One answer given for several blocks: rows of `registry` whose `blocks_column` names a block give
/// its questions `targets` (suffix by column) their answers, where it has none of its own.
struct SharedDeclaration {
  std::uint32_t registry = kNone;
  std::uint32_t blocks_column = kNone;
  Range columns;  ///< into `shared_columns`
};
struct SharedColumn {
  StringRef suffix;
  std::uint32_t column = kNone;
};

/// State of a text in one language, the least reliable first.
enum class TextState : std::uint8_t {
  missing,
  stale,       ///< translated from a source text that has changed since
  unrecorded,  ///< translated from a source text that nobody noted
  translated,
  reviewed,
  source,
  authentic,  ///< of a provision, from a file of authentic texts
};

/// Texts of one language by state, of those that somebody wrote in the source language. (What is
/// made from a module's text and its parameters is not counted again.)
struct TextCounts {
  std::uint32_t missing = 0, stale = 0, unrecorded = 0, translated = 0, reviewed = 0, source = 0;

  std::uint32_t not_reviewed() const { return missing + stale + unrecorded + translated; }
};

/// Where the authentic texts of a language are from; `provisions` is 0 when there are none.
struct AuthenticTexts {
  StringRef source;
  Date date{};
  std::uint32_t provisions = 0;  ///< that have their authentic text in this language
};

/// Spans over the image, in the order of the file. Made only by the loader.
struct FormTables {
  std::string_view pool;
  StringRef id, version, status;                            ///< status: "proposal" or "adopted"
  StringRef structure_digest, rules_digest, source_digest;  ///< SHA-256, lower-case hex
  std::uint32_t submitters = 0;                             ///< bits of SubmitterKind
  std::span<const StringRef> languages;                     ///< the first is the source
  std::span<const StringRef> text_digests;                  ///< one a language
  std::span<const TextCounts> text_counts;                  ///< one a language
  std::span<const AuthenticTexts> authentic_texts;          ///< one a language
  std::span<const StringRef> files;                         ///< paths relative to the form's folder
  std::span<const StringRef> text_ids;                      ///< sorted
  std::span<const StringRef> texts;        ///< languages × text_ids; size kNone: missing
  std::span<const TextState> text_states;  ///< languages × text_ids
  std::span<const Chapter> chapters;
  std::span<const Block> blocks;
  std::span<const Module> modules;
  std::span<const std::uint32_t> block_modules;
  std::span<const Question> questions;  ///< in the order of the questionnaire
  std::span<const std::uint32_t> questions_by_code;
  std::span<const List> lists;
  std::span<const Option> options;
  std::span<const Register> registers;
  std::span<const Column> columns;
  std::span<const Provision>
      provisions;  ///< in the order declared, whole articles before their paragraphs
  std::span<const std::uint32_t> provisions_by_code;
  std::span<const std::uint32_t> provision_refs;
  std::span<const ConditionNode> conditions;
  std::span<const StringRef> condition_strings;
  std::span<const std::uint32_t> condition_operands;
  std::span<const Rule> rules;  ///< sorted by id
  std::span<const RuleInstance> rule_instances;
  std::span<const RuleArgument> rule_arguments;
  std::span<const Declaration> tables;                   ///< sorted by id
  std::span<const Declaration> products;                 ///< sorted by id
  std::span<const NamedIndex> roles;                     ///< name, question
  std::span<const NamedIndex> named_conditions;          ///< name, condition
  std::span<const ReasonDeclaration> reasons;            ///< kReasonCount
  std::span<const ReservationDeclaration> reservations;  ///< one
  std::span<const SharedDeclaration> shared;
  std::span<const SharedColumn> shared_columns;
};

/// A text in a language, and whether it is the source language's for want of one.
struct Text {
  std::string_view value;
  bool is_fallback = false;
};

class Form {
 public:
  /// `storage` owns the bytes that `tables` points into.
  Form(FormTables tables, std::shared_ptr<const void> storage)
      : tables_(tables), storage_(std::move(storage)) {}

  const FormTables& tables() const { return tables_; }
  std::string_view string(StringRef ref) const { return tables_.pool.substr(ref.offset, ref.size); }

  std::string_view id() const { return string(tables_.id); }
  std::string_view version() const { return string(tables_.version); }
  std::string_view structure_digest() const { return string(tables_.structure_digest); }
  std::string_view rules_digest() const { return string(tables_.rules_digest); }
  /// Whether the form is for submitters of this kind.
  bool admits(SubmitterKind kind) const {
    return (tables_.submitters >> static_cast<unsigned>(kind) & 1) != 0;
  }

  std::span<const Chapter> chapters() const { return tables_.chapters; }
  std::span<const Block> blocks() const { return tables_.blocks; }
  std::span<const Module> modules() const { return tables_.modules; }
  std::span<const Question> questions() const { return tables_.questions; }
  std::span<const List> lists() const { return tables_.lists; }
  std::span<const Register> registers() const { return tables_.registers; }
  std::span<const Column> columns() const { return tables_.columns; }
  std::span<const Provision> provisions() const { return tables_.provisions; }
  std::span<const Rule> rules() const { return tables_.rules; }
  std::span<const Declaration> table_declarations() const { return tables_.tables; }
  std::span<const Declaration> products() const { return tables_.products; }

  const Question& question(std::uint32_t index) const { return tables_.questions[index]; }
  const Block& block(std::uint32_t index) const { return tables_.blocks[index]; }
  const Column& column(std::uint32_t index) const { return tables_.columns[index]; }
  const Register& registry(std::uint32_t index) const { return tables_.registers[index]; }
  const List& list(std::uint32_t index) const { return tables_.lists[index]; }
  std::string_view code(const Field& field) const { return string(field.code); }
  /// Number of a provision as readers see it; answers and declarations name it by its code.
  std::string_view number(const Provision& provision) const { return string(provision.number); }

  std::span<const Option> options_of(std::uint32_t list) const;
  std::span<const Column> columns_of(const Register& registry) const;
  std::span<const Question> questions_of(const Block& block) const;
  std::span<const std::uint32_t> provisions_of(Range range) const;
  std::span<const RuleInstance> instances_of(const Rule& rule) const;

  // Each returns an index, kNone when there is none of that code.
  std::uint32_t find_question(std::string_view code) const;
  std::uint32_t find_question(const Block& block, std::string_view suffix) const;
  std::uint32_t find_block(std::string_view code) const;
  std::uint32_t find_chapter(std::string_view code) const;
  std::uint32_t find_module(std::string_view code) const;
  std::uint32_t find_list(std::string_view code) const;
  std::uint32_t find_register(std::string_view code) const;
  std::uint32_t find_column(const Register& registry, std::string_view code) const;  ///< absolute
  std::uint32_t find_provision(std::string_view code) const;
  std::uint32_t find_rule(std::string_view id) const;
  std::uint32_t find_table(std::string_view id) const;
  std::uint32_t find_product(std::string_view id) const;
  std::uint32_t find_text(std::string_view id) const;
  /// Position in the list (0..63), not an index into all options.
  std::uint32_t find_option(std::uint32_t list, std::string_view code) const;
  /// The question of a role of form.yaml, or the condition of a name.
  std::uint32_t role(std::string_view name) const;
  std::uint32_t named_condition(std::string_view name) const;
  bool uses_module(const Block& block, std::uint32_t module) const;

  /// Index of the language, or of the source language when the form lacks it.
  std::uint32_t language(std::string_view tag) const;
  std::string_view language_tag(std::uint32_t language) const;
  bool has_language(std::string_view tag) const;

  /// Empty text for kNone.
  Text text(TextId id, std::uint32_t language) const;
  /// By id; the id itself, marked as fallback, when the form has no such text.
  Text text(std::string_view id, std::uint32_t language) const;
  /// Whether the text is a provision's authentic one in that very language. False: a paraphrase.
  bool is_authentic(TextId id, std::uint32_t language) const;
  /// Whether some provision is shown in this language by a paraphrase. An article that is declared
  /// by its paragraphs is shown by them.
  bool has_paraphrases(std::uint32_t language) const;

 private:
  FormTables tables_;
  std::shared_ptr<const void> storage_;
};

}  // namespace cosp
