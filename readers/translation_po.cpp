// gettext PO, by its documented grammar. libgettextpo reads from paths only, keeps its options in
// global variables and ends the process on a fatal error, so the few rules we take are read here.

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/text.hpp"
#include "readers/translation_file.hpp"

namespace cosp {
namespace {

/// Plural rules as gettext writes them. The messages hold their own plurals; editors that ask for
/// the header get what they expect.
struct PluralForms {
  std::string_view language;
  std::string_view rule;
};
constexpr std::array<PluralForms, 6> kPluralForms{{
    {"ar",
     "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 "
     "? 4 : 5);"},
    {"en", "nplurals=2; plural=(n != 1);"},
    {"es", "nplurals=2; plural=(n != 1);"},
    {"fr", "nplurals=2; plural=(n > 1);"},
    {"ru",
     "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) "
     "? 1 : 2);"},
    {"zh", "nplurals=1; plural=0;"},
}};

constexpr std::string_view kReviewedComment = "state: reviewed";

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string po_header(const TranslationFile& file) {
  std::string out = "msgid \"\"\nmsgstr \"\"\n";
  const auto field = [&](std::string_view name, std::string_view value) {
    out += escape::backslashed(fmt::format("{}: {}\n", name, value)) + "\n";
  };
  field("Project-Id-Version", file.form + " " + file.version);
  field("Language", file.language);
  field("MIME-Version", "1.0");
  field("Content-Type", "text/plain; charset=UTF-8");
  field("Content-Transfer-Encoding", "8bit");
  for (const PluralForms& forms : kPluralForms)
    if (forms.language == file.language) field("Plural-Forms", forms.rule);
  field("X-Source-Language", file.source_language);
  field("X-Cosp-Form", file.form + "/" + file.version);
  return out;
}

/// One entry while its lines come.
struct Entry {
  enum class Part { none, context, source, target };
  std::optional<std::string> context, source, target;
  bool is_fuzzy = false;
  bool is_reviewed = false;
  std::uint32_t line = 0;
  Part part = Part::none;
};

class PoReader {
 public:
  PoReader(std::string_view name, std::vector<Mistake>& mistakes, const TranslationLimits& limits)
      : name_(name), mistakes_(mistakes), limits_(limits) {}

  TranslationFile read(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    while (!bytes.empty() && mistakes_.size() < kMostMistakes) {
      const std::size_t end = bytes.find('\n');
      std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_;
      read_line(line);
    }
    finish_entry();
    if (!has_header_) add(1, "expected the header entry (msgid \"\"), got none");
    return std::move(file_);
  }

 private:
  static constexpr std::size_t kMostMistakes = 1'000;

  void add(std::uint32_t line, std::string what) {
    mistakes_.push_back({std::string(name_), line, 0, std::move(what)});
  }

  void read_line(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
      finish_entry();
      return;
    }
    line.remove_prefix(first);
    if (line.front() == '#')
      read_comment(line);
    else if (line.front() == '"')
      read_string(line);
    else
      read_keyword(line);
  }

  void read_comment(std::string_view line) {
    if (line.starts_with("#~")) return;  // obsolete: of a text that is no more
    // A comment after the strings belongs to the next entry.
    if (entry_.target) finish_entry();
    if (line.starts_with("#,")) {
      entry_.is_fuzzy = entry_.is_fuzzy || line.find("fuzzy") != std::string_view::npos;
    } else if (line == "#" || line.starts_with("# ")) {
      entry_.is_reviewed = entry_.is_reviewed || trim(line.substr(1)) == kReviewedComment;
    }
  }

  void read_keyword(std::string_view line) {
    const std::size_t space = line.find_first_of(" \t\"");
    const std::string_view word = line.substr(0, space);
    if (word == "msgctxt" || (word == "msgid" && !entry_.context)) {
      if (entry_.target) finish_entry();
    }
    if (entry_.line == 0) entry_.line = line_;
    if (word == "msgctxt") {
      begin(Entry::Part::context, entry_.context, word);
    } else if (word == "msgid") {
      begin(Entry::Part::source, entry_.source, word);
    } else if (word == "msgstr") {
      begin(Entry::Part::target, entry_.target, word);
    } else {
      entry_.part = Entry::Part::none;
      const bool is_plural = word == "msgid_plural" || word.starts_with("msgstr[");
      add(line_, is_plural ? "expected a message with its plurals within it, got plural forms"
                           : fmt::format("expected msgctxt, msgid or msgstr, got \"{}\"",
                                         mask_controls(word.substr(0, 40))));
      return;
    }
    const std::size_t quote = line.find('"');
    if (quote == std::string_view::npos)
      add(line_, fmt::format("expected a text in quotes after {}, got none", word));
    else
      read_string(line.substr(quote));
  }

  void begin(Entry::Part part, std::optional<std::string>& into, std::string_view word) {
    if (into) add(line_, fmt::format("expected {} once in an entry, got it again", word));
    into = std::string();
    entry_.part = part;
  }

  std::string* current() {
    switch (entry_.part) {
      case Entry::Part::context: return &*entry_.context;
      case Entry::Part::source: return &*entry_.source;
      case Entry::Part::target: return &*entry_.target;
      case Entry::Part::none: break;
    }
    return nullptr;
  }

  void read_string(std::string_view line) {
    std::string* into = current();
    if (into == nullptr) {
      if (mistakes_.empty() || mistakes_.back().line + 1 < line_)
        add(line_, "expected msgctxt, msgid or msgstr before a text, got the text");
      return;
    }
    std::size_t i = 1;
    for (; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] != '\\') {
        *into += line[i];
        continue;
      }
      const char code = ++i < line.size() ? line[i] : '\0';
      constexpr std::string_view kCodes = "ntr\"\\";
      constexpr std::string_view kMeanings = "\n\t\r\"\\";
      const std::size_t known = code == '\0' ? std::string_view::npos : kCodes.find(code);
      if (known == std::string_view::npos)
        add(line_, "expected \\n, \\t, \\r, \\\" or \\\\ in a text, got another escape");
      else
        *into += kMeanings[known];
    }
    if (i >= line.size())
      add(line_, "expected a closing quote, got the end of the line");
    else if (line.find_first_not_of(" \t", i + 1) != std::string_view::npos)
      add(line_, "expected nothing behind the closing quote, got more");
    if (into->size() > limits_.text_bytes) {
      add(line_, fmt::format("expected at most {} bytes in a text, got more", limits_.text_bytes));
      into->clear();
      entry_.part = Entry::Part::none;
    }
  }

  void finish_entry() {
    const Entry entry = std::exchange(entry_, {});
    if (!entry.source && !entry.target && !entry.context) return;
    if (!entry.source || !entry.target)
      add(entry.line,
          fmt::format("expected {} in the entry, got none", entry.source ? "msgstr" : "msgid"));
    else if (!entry.context && entry.source->empty())
      read_header(entry);
    else if (!entry.context || entry.context->empty())
      add(entry.line, "expected the text's id in msgctxt, got none");
    else
      take_unit(entry);
  }

  void take_unit(const Entry& entry) {
    if (file_.units.size() >= limits_.units) {
      if (file_.units.size() == limits_.units)
        add(entry.line, fmt::format("expected at most {} texts, got more", limits_.units));
      return;
    }
    TranslationUnit unit;
    unit.id = *entry.context;
    unit.source = *entry.source;
    unit.target = *entry.target;
    unit.line = entry.line;
    if (!entry.is_fuzzy && !unit.target.empty())
      unit.state = entry.is_reviewed ? UnitState::reviewed : UnitState::translated;
    file_.units.push_back(std::move(unit));
  }

  void read_header(const Entry& entry) {
    if (has_header_) {
      add(entry.line, "expected one header entry, got another");
      return;
    }
    has_header_ = true;
    std::map<std::string, std::string, std::less<>> fields;
    std::string_view rest = *entry.target;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      const std::size_t colon = line.find(':');
      if (colon != std::string_view::npos)
        fields.emplace(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
    }
    const std::string type = fold_for_comparison(fields["Content-Type"]);
    if (type.find("charset=utf-8") == std::string::npos)
      add(entry.line, "expected Content-Type with charset=UTF-8 in the header, got \"" +
                          mask_controls(fields["Content-Type"]) + "\"");
    file_.language = fields["Language"];
    file_.source_language = fields["X-Source-Language"];
    const std::string& form = fields["X-Cosp-Form"];
    const std::size_t slash = form.find('/');
    file_.form = form.substr(0, slash);
    if (slash != std::string::npos) file_.version = form.substr(slash + 1);
    if (file_.language.empty()) add(entry.line, "expected Language in the header, got none");
    if (file_.form.empty()) add(entry.line, "expected X-Cosp-Form in the header, got none");
  }

  std::string_view name_;
  std::vector<Mistake>& mistakes_;
  const TranslationLimits& limits_;
  TranslationFile file_;
  Entry entry_;
  std::uint32_t line_ = 0;
  bool has_header_ = false;
};

}  // namespace

std::string write_po(const TranslationFile& file) {
  std::string out = po_header(file);
  for (const TranslationUnit& unit : file.units) {
    out += "\n";
    if (unit.state == UnitState::reviewed) out += fmt::format("# {}\n", kReviewedComment);
    for (const std::string& note : unit.notes) out += "#. " + one_line(note) + "\n";
    out += fmt::format("#: {}:{}\n", unit.file, unit.source_line);
    const bool is_fuzzy = unit.state == UnitState::open && !unit.target.empty();
    if (is_fuzzy || unit.has_arguments)
      out += fmt::format("#, {}{}{}\n", is_fuzzy ? "fuzzy" : "",
                         is_fuzzy && unit.has_arguments ? ", " : "",
                         unit.has_arguments ? "icu-message-format" : "");
    out += "msgctxt " + escape::backslashed(unit.id) + "\nmsgid " +
           escape::backslashed(unit.source) + "\nmsgstr " + escape::backslashed(unit.target) + "\n";
  }
  return out;
}

TranslationFile read_po(std::string_view bytes, std::string_view name,
                        std::vector<Mistake>& mistakes, const TranslationLimits& limits) {
  return PoReader(name, mistakes, limits).read(bytes);
}

}  // namespace cosp
