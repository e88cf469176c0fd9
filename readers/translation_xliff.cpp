// XLIFF 2.0, read by expat. Arguments stay visible in the text, as translators of message patterns
// know them: there is no inline markup.

#include <expat.h>

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/text.hpp"
#include "readers/translation_file.hpp"

namespace cosp {
namespace {

constexpr std::string_view kNamespace = "urn:oasis:names:tc:xliff:document:2.0";
constexpr char kSeparator = '\n';  // between namespace and name; never in either

/// Ids of units may hold letters, digits, '.', '-', '_' and ':' only; any other byte of a text's
/// id, and ':' itself, is written ":28:".
std::string unit_id(std::string_view id) {
  std::string out;
  for (const char c : id) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    out += is_plain ? std::string(1, c) : fmt::format(":{:02x}:", static_cast<unsigned char>(c));
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string id_of_unit(std::string_view written) {
  std::string id;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool is_code = written[i] == ':' && i + 3 < written.size() && written[i + 3] == ':' &&
                         hex_value(written[i + 1]) >= 0 && hex_value(written[i + 2]) >= 0;
    if (!is_code) {
      id += written[i];
      continue;
    }
    id += static_cast<char>(hex_value(written[i + 1]) * 16 + hex_value(written[i + 2]));
    i += 3;
  }
  return id;
}

std::string xml(std::string_view text) {
  // A carriage return would be read as a line feed.
  std::string out;
  for (const char c : escape::html(text))
    out += c == '\r' ? std::string("&#13;") : std::string(1, c);
  return out;
}

std::string attribute(std::string_view text) {
  std::string out;
  for (const char c : xml(text))
    out += c == '\n' ? std::string("&#10;") : c == '\t' ? std::string("&#9;") : std::string(1, c);
  return out;
}

std::string_view word_of(UnitState state) {
  switch (state) {
    case UnitState::translated: return "translated";
    case UnitState::reviewed: return "reviewed";
    case UnitState::open: break;
  }
  return "initial";
}

std::string written_unit(const TranslationUnit& unit) {
  std::string out = fmt::format("    <unit id=\"{}\" name=\"{}\">\n", attribute(unit_id(unit.id)),
                                attribute(unit.id));
  if (!unit.notes.empty()) {
    out += "      <notes>\n";
    for (const std::string& note : unit.notes)
      out += fmt::format("        <note>{}</note>\n", xml(note));
    out += "      </notes>\n";
  }
  out += fmt::format("      <segment state=\"{}\">\n        <source>{}</source>\n",
                     word_of(unit.state), xml(unit.source));
  if (!unit.target.empty()) out += fmt::format("        <target>{}</target>\n", xml(unit.target));
  return out + "      </segment>\n    </unit>\n";
}

/// The document as expat tells it. Nothing here throws: expat is C and must not be unwound.
class XliffReader {
 public:
  XliffReader(std::string_view name, std::vector<Mistake>& mistakes,
              const TranslationLimits& limits)
      : name_(name), mistakes_(mistakes), limits_(limits) {}

  TranslationFile read(std::string_view bytes) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
        XML_ParserCreateNS("UTF-8", kSeparator), XML_ParserFree);
    if (!parser) {
      add(0, "cannot begin to read XML: out of memory");
      return {};
    }
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
    const auto status = XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
    if (status != XML_STATUS_OK && !is_stopped_)
      add(line(),
          fmt::format("expected XML, got a fault: {}", XML_ErrorString(XML_GetErrorCode(parser_))));
    return std::move(file_);
  }

 private:
  static constexpr std::size_t kMostMistakes = 1'000;

  static XliffReader& self(void* user) { return *static_cast<XliffReader*>(user); }
  static void on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
    self(user).start(name, attributes);
  }
  static void on_end(void* user, const XML_Char*) { self(user).end(); }
  static void on_text(void* user, const XML_Char* text, int size) {
    self(user).take_text({text, static_cast<std::size_t>(size)});
  }
  static void on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(user).stop("expected no document type, got <!DOCTYPE");
  }

  std::uint32_t line() const {
    return static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_));
  }
  void add(std::uint32_t at, std::string what) {
    mistakes_.push_back({std::string(name_), at, 0, std::move(what)});
    if (mistakes_.size() >= kMostMistakes && parser_ != nullptr && !is_stopped_) {
      is_stopped_ = true;
      XML_StopParser(parser_, XML_FALSE);
    }
  }
  void stop(std::string what) {
    if (is_stopped_) return;
    is_stopped_ = true;
    add(line(), std::move(what));
    XML_StopParser(parser_, XML_FALSE);
  }

  static std::string_view find(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2)
      if (attributes[0] == name) return attributes[1];
    return {};
  }

  void start(std::string_view name, const XML_Char** attributes) {
    if (path_.size() >= limits_.depth) {
      stop(fmt::format("expected at most {} levels of elements, got more", limits_.depth));
      return;
    }
    const std::size_t cut = name.find(kSeparator);
    const bool is_core = cut != std::string_view::npos && name.substr(0, cut) == kNamespace;
    std::string own(is_core ? name.substr(cut + 1) : std::string_view());
    if (path_.empty()) start_root(is_core ? own : std::string(), attributes);
    if (into_ != nullptr) {
      add(line(), fmt::format("expected plain text in \"{}\", got the element <{}>",
                              mask_controls(unit_.id), mask_controls(own)));
    } else if (own == "file") {
      original_ = find(attributes, "original");
    } else if (own == "unit") {
      start_unit(attributes);
    } else if (own == "segment" || own == "ignorable") {
      start_segment(own == "segment", find(attributes, "state"));
    } else if (in_unit_ && (own == "source" || own == "target") && parent() != "note") {
      into_ = own == "source" ? &unit_.source : &unit_.target;
    }
    path_.push_back(std::move(own));
  }

  std::string_view parent() const { return path_.empty() ? std::string_view() : path_.back(); }

  void start_root(std::string_view name, const XML_Char** attributes) {
    if (name != "xliff" || find(attributes, "version") != "2.0") {
      stop("expected <xliff version=\"2.0\">, got another document");
      return;
    }
    file_.source_language = find(attributes, "srcLang");
    file_.language = find(attributes, "trgLang");
    if (file_.language.empty()) add(line(), "expected trgLang in <xliff>, got none");
  }

  void start_unit(const XML_Char** attributes) {
    unit_ = {};
    unit_.id = id_of_unit(find(attributes, "id"));
    unit_.file = original_;
    unit_.line = line();
    unit_.state = UnitState::reviewed;
    in_unit_ = true;
    if (file_.form.empty()) take_form();
    if (unit_.id.empty()) add(unit_.line, "expected an id of the unit, got none");
  }

  /// `original` is "<form>/<version>/<file>".
  void take_form() {
    const std::size_t slash = original_.find('/');
    if (slash == std::string::npos) {
      add(line(), "expected <file original=\"form/version/…\">, got none");
      return;
    }
    file_.form = original_.substr(0, slash);
    const std::size_t second = original_.find('/', slash + 1);
    file_.version = original_.substr(slash + 1, second - slash - 1);
  }

  /// The least of its segments is the state of the unit.
  void start_segment(bool is_segment, std::string_view state) {
    if (!is_segment) return;
    UnitState said = UnitState::open;  // what the standard says of a segment without a state
    if (state == "translated") said = UnitState::translated;
    if (state == "reviewed" || state == "final") said = UnitState::reviewed;
    if (said == UnitState::open && !state.empty() && state != "initial")
      add(line(), "expected the state initial, translated, reviewed or final, got \"" +
                      mask_controls(state) + "\"");
    unit_.state = std::min(unit_.state, said);
  }

  void end() {
    if (path_.empty()) return;
    const std::string name = std::move(path_.back());
    path_.pop_back();
    if (into_ != nullptr && (name == "source" || name == "target")) into_ = nullptr;
    if (name != "unit" || !in_unit_) return;
    in_unit_ = false;
    if (unit_.target.empty()) unit_.state = UnitState::open;
    if (file_.units.size() >= limits_.units)
      stop(fmt::format("expected at most {} texts, got more", limits_.units));
    else
      file_.units.push_back(std::move(unit_));
  }

  void take_text(std::string_view text) {
    if (into_ == nullptr) return;
    if (into_->size() + text.size() > limits_.text_bytes)
      stop(fmt::format("expected at most {} bytes in a text, got more", limits_.text_bytes));
    else
      into_->append(text);
  }

  std::string_view name_;
  std::vector<Mistake>& mistakes_;
  const TranslationLimits& limits_;
  XML_Parser parser_ = nullptr;
  bool is_stopped_ = false;
  TranslationFile file_;
  std::vector<std::string> path_;  ///< names of the open elements; empty for other namespaces
  std::string original_;
  TranslationUnit unit_;
  bool in_unit_ = false;
  std::string* into_ = nullptr;
};

}  // namespace

std::string write_xliff(const TranslationFile& file) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"{}\" version=\"2.0\" "
      "srcLang=\"{}\" trgLang=\"{}\" xml:space=\"preserve\">\n",
      kNamespace, attribute(file.source_language), attribute(file.language));
  std::string_view open;
  std::size_t files = 0;
  for (const TranslationUnit& unit : file.units) {
    if (files == 0 || unit.file != open) {
      out += files == 0 ? "" : "  </file>\n";
      open = unit.file;
      out += fmt::format("  <file id=\"f{}\" original=\"{}/{}/{}\">\n", ++files,
                         attribute(file.form), attribute(file.version), attribute(open));
    }
    out += written_unit(unit);
  }
  return out + (files == 0 ? "" : "  </file>\n") + "</xliff>\n";
}

TranslationFile read_xliff(std::string_view bytes, std::string_view name,
                           std::vector<Mistake>& mistakes, const TranslationLimits& limits) {
  return XliffReader(name, mistakes, limits).read(bytes);
}

TranslationFile read_translation_file(std::string_view bytes, std::string_view name,
                                      std::vector<Mistake>& mistakes,
                                      const TranslationLimits& limits) {
  const auto refuse = [&](std::uint32_t line, std::string what) {
    mistakes.push_back({std::string(name), line, 0, std::move(what)});
    return TranslationFile{};
  };
  if (bytes.size() > limits.bytes)
    return refuse(0, fmt::format("expected at most {} bytes, got {}", limits.bytes, bytes.size()));
  if (const auto invalid = first_invalid_utf8(bytes)) {
    const auto before = bytes.substr(0, *invalid);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    return refuse(static_cast<std::uint32_t>(line), "expected UTF-8, got other bytes");
  }
  const std::size_t first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  if (first == std::string_view::npos) return refuse(0, "expected a translation, got nothing");
  return bytes[first] == '<' ? read_xliff(bytes, name, mistakes, limits)
                             : read_po(bytes, name, mistakes, limits);
}

}  // namespace cosp
