#include "readers/spreadsheet_xlsx_parts.hpp"

#include <charconv>

namespace cosp {
namespace {

using Kind = SpreadsheetFault::Kind;
constexpr std::size_t kMostRelationships = 10'000;
constexpr std::size_t kMostFormats = 100'000;

std::uint32_t number_of(std::string_view text, std::uint32_t otherwise) {
  std::uint32_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class RelationshipHandler : public XmlHandler {
 public:
  RelationshipHandler(std::string_view part, std::vector<XlsxRelationship>& out)
      : part_(part), out_(out) {}

  bool open(std::string_view name, const XmlAttributes& attributes) override {
    if (local_name(name) != "Relationship" || attributes.get("TargetMode") == "External")
      return true;
    const std::string_view type = attributes.get("Type");
    auto target = resolve_target(part_, attributes.get("Target"));
    if (!target || out_.size() == kMostRelationships) {
      fault = target ? Kind::too_large : Kind::bad_name;
      return false;
    }
    out_.push_back({std::string(attributes.get("Id")),
                    std::string(type.substr(type.rfind('/') + 1)), std::move(*target)});
    return true;
  }
  bool close(std::string_view) override { return true; }

  std::optional<Kind> fault;

 private:
  std::string_view part_;
  std::vector<XlsxRelationship>& out_;
};

class BookHandler : public XmlHandler {
 public:
  BookHandler(const SpreadsheetLimits& limits, XlsxBook& out) : limits_(limits), out_(out) {}

  bool open(std::string_view name, const XmlAttributes& attributes) override {
    const std::string_view local = local_name(name);
    if (local == "workbookPr") {
      const std::string_view epoch = attributes.get("date1904");
      out_.is_1904 = epoch == "1" || epoch == "true";
    } else if (local == "sheet") {
      if (out_.sheets.size() == limits_.sheets) {
        is_over = true;
        return false;
      }
      const std::string_view state = attributes.get("state");
      out_.sheets.push_back({std::string(attributes.get("name")),
                             std::string(attributes.local("id")),
                             state == "hidden" || state == "veryHidden"});
    }
    return true;
  }
  bool close(std::string_view) override { return true; }

  bool is_over = false;

 private:
  const SpreadsheetLimits& limits_;
  XlsxBook& out_;
};

/// The formats that every program knows by number.
XlsxStyle style_of_number(std::uint32_t format) {
  if ((format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
      (format >= 45 && format <= 47) || (format >= 50 && format <= 58))
    return XlsxStyle::date;
  return format == 9 || format == 10 ? XlsxStyle::percentage : XlsxStyle::plain;
}

class StyleHandler : public XmlHandler {
 public:
  StyleHandler(const SpreadsheetLimits& limits, std::vector<XlsxStyle>& out)
      : limits_(limits), out_(out) {}

  bool open(std::string_view name, const XmlAttributes& attributes) override {
    const std::string_view local = local_name(name);
    if (local == "cellXfs") {
      is_within_ = true;
    } else if (local == "numFmt") {
      const std::uint32_t id = number_of(attributes.get("numFmtId"), 0);
      formats_[id] = style_of_format(attributes.get("formatCode"));
    } else if (local == "xf" && is_within_) {
      const std::uint32_t id = number_of(attributes.get("numFmtId"), 0);
      const auto own = formats_.find(id);
      out_.push_back(own == formats_.end() ? style_of_number(id) : own->second);
    }
    is_over = formats_.size() > kMostFormats || out_.size() > limits_.styles;
    return !is_over;
  }
  bool close(std::string_view name) override {
    if (local_name(name) == "cellXfs") is_within_ = false;
    return true;
  }

  bool is_over = false;

 private:
  const SpreadsheetLimits& limits_;
  std::vector<XlsxStyle>& out_;
  std::unordered_map<std::uint32_t, XlsxStyle> formats_;
  bool is_within_ = false;
};

void append_utf8(std::string& out, char32_t c) {
  const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0U | (c >> 6U));
  } else if (c < 0x10000) {
    byte(0xE0U | (c >> 12U));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  } else {
    byte(0xF0U | (c >> 18U));
    byte(0x80U | ((c >> 12U) & 0x3FU));
    byte(0x80U | ((c >> 6U) & 0x3FU));
  }
  byte(0x80U | (c & 0x3FU));
}

/// The UTF-16 unit of "_xHHHH_" at the start.
std::optional<char32_t> escaped_unit(std::string_view text) {
  constexpr std::size_t kSize = 7;
  if (text.size() < kSize || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return std::nullopt;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
  if (error != std::errc{} || end != text.data() + 6) return std::nullopt;
  return unit;
}

}  // namespace

std::optional<std::string> resolve_target(std::string_view part, std::string_view target) {
  std::vector<std::string_view> steps;
  const auto walk = [&](std::string_view path) {
    while (!path.empty()) {
      const std::size_t end = path.find('/');
      const std::string_view step = path.substr(0, end);
      path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
      if (step == "..") {
        if (steps.empty()) return false;
        steps.pop_back();
      } else if (!step.empty() && step != ".") {
        steps.push_back(step);
      }
    }
    return true;
  };
  const std::size_t folder = part.rfind('/');
  if (!target.starts_with('/') && folder != std::string_view::npos) walk(part.substr(0, folder));
  if (!walk(target)) return std::nullopt;
  std::string resolved;
  for (const std::string_view step : steps) {
    if (!resolved.empty()) resolved += '/';
    resolved += step;
  }
  return resolved;
}

XlsxStyle style_of_format(std::string_view code) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (is_quoted) {
      continue;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the next character is shown, or its width left free
    } else if (c == '[') {
      // Colours, conditions and languages; but elapsed hours, minutes, seconds: [h].
      const std::size_t end = std::min(code.find(']', i), code.size());
      const std::string_view inner = code.substr(i + 1, end - i - 1);
      if (!inner.empty() && inner.find_first_not_of("hHmMsS") == std::string_view::npos)
        return XlsxStyle::date;
      i = end;
    } else if (c == '%') {
      return XlsxStyle::percentage;
    } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return XlsxStyle::date;
    } else if (c == 'G') {
      i += std::string_view("eneral").size();  // "General", which has no day in it
    }
  }
  return XlsxStyle::plain;
}

void decode_escapes(std::string& pool, std::size_t from) {
  std::size_t at = pool.find("_x", from);
  if (at == std::string::npos) return;
  std::string decoded = pool.substr(from, at - from);
  while (at < pool.size()) {
    const std::string_view rest = std::string_view(pool).substr(at);
    const auto unit = escaped_unit(rest);
    const auto low =
        unit && *unit >= 0xD800 && *unit < 0xDC00 ? escaped_unit(rest.substr(7)) : std::nullopt;
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      append_utf8(decoded, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
      at += 14;
    } else if (unit && (*unit < 0xD800 || *unit >= 0xE000)) {
      append_utf8(decoded, *unit);
      at += 7;
    } else {
      decoded += pool[at++];
    }
  }
  pool.resize(from);
  pool += decoded;
}

std::optional<SpreadsheetFault> read_relationships(ZipReader& zip, std::string_view part,
                                                   const SpreadsheetLimits& limits,
                                                   const TimeBudget& budget,
                                                   std::vector<XlsxRelationship>& out) {
  const std::size_t folder = part.rfind('/') + 1;  // 0 when there is none
  const std::string name =
      std::string(part.substr(0, folder)) + "_rels/" + std::string(part.substr(folder)) + ".rels";
  RelationshipHandler handler(part, out);
  if (auto fault = read_xml(zip, name, limits, budget, handler)) return fault;
  if (handler.fault) return SpreadsheetFault{*handler.fault, name, 0};
  return std::nullopt;
}

std::optional<SpreadsheetFault> read_book(ZipReader& zip, std::string_view part,
                                          const SpreadsheetLimits& limits, const TimeBudget& budget,
                                          XlsxBook& out) {
  BookHandler handler(limits, out);
  if (auto fault = read_xml(zip, part, limits, budget, handler)) return fault;
  if (handler.is_over) return SpreadsheetFault{Kind::too_large, std::string(part), 0};
  return std::nullopt;
}

std::optional<SpreadsheetFault> read_styles(ZipReader& zip, std::string_view part,
                                            const SpreadsheetLimits& limits,
                                            const TimeBudget& budget, std::vector<XlsxStyle>& out) {
  StyleHandler handler(limits, out);
  if (auto fault = read_xml(zip, part, limits, budget, handler)) return fault;
  if (handler.is_over) return SpreadsheetFault{Kind::too_large, std::string(part), 0};
  return std::nullopt;
}

}  // namespace cosp
