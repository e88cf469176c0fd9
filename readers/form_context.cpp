#include "readers/form_context.hpp"

#include <algorithm>

namespace cosp {
namespace {

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// The name in a text that is "{name}" and nothing else; empty when it is not.
std::string_view lone_name(std::string_view text) {
  if (text.size() < 3 || text.front() != '{' || text.back() != '}') return {};
  const std::string_view name = text.substr(1, text.size() - 2);
  return std::all_of(name.begin(), name.end(), is_name_letter) ? name : std::string_view{};
}

/// A value put elsewhere has the place of what it replaced: that file is the one at hand.
void move_to(YamlNode& node, std::uint32_t line, std::uint32_t column) {
  node.line = line;
  node.column = column;
  for (YamlNode& item : node.items) move_to(item, line, column);
  for (YamlNode::Entry& entry : node.entries) {
    entry.line = line;
    entry.column = column;
    move_to(entry.value, line, column);
  }
}

std::vector<std::string_view> binding_names(const Bindings& bindings) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : bindings) names.push_back(name);
  return names;
}

}  // namespace

std::uint32_t NameIndex::resolve(const YamlFile& file, const YamlNode& at,
                                 std::string_view code) const {
  const std::uint32_t found = find(code);
  if (found == kNone) {
    const std::vector<std::string_view> known(codes_.begin(), codes_.end());
    file.add(at, unknown_name(kind_, code, known));
  }
  return found;
}

const FormSource* FormContext::find_source(const std::string& path) const {
  const auto found = sources.find(path);
  return found == sources.end() ? nullptr : &found->second;
}

std::vector<const FormSource*> FormContext::folder(std::string_view name) const {
  std::vector<const FormSource*> found;
  const std::string prefix = std::string(name) + "/";
  for (auto it = sources.lower_bound(prefix); it != sources.end() && it->first.starts_with(prefix);
       ++it)
    found.push_back(&it->second);
  return found;
}

TextId FormContext::require_text(const FormSource& source, const YamlNode& at,
                                 const std::string& id) {
  if (!texts.has_source(id))
    source.yaml.add(at, "expected a text \"" + id + "\" in " + languages.front() + ", got none");
  return texts.intern(id);
}

TextId FormContext::optional_text(const std::string& id) {
  for (std::uint32_t language = 0; language < texts.languages(); ++language)
    if (texts.find(language, id) != nullptr) return texts.intern(id);
  return kNone;
}

Range FormContext::read_provisions(const FormSource& source, const YamlNode& node) {
  std::vector<std::uint32_t> indexes;
  for (const YamlNode& item : source.yaml.sequence(node)) {
    const auto code = source.yaml.text(item);
    if (!code) continue;
    const std::uint32_t index = provisions.resolve(source.yaml, item, *code);
    if (index != kNone) indexes.push_back(index);
  }
  return provision_ranges.add(draft.provision_refs, indexes, indexes);
}

Range FormContext::strings(const std::vector<std::string>& values) {
  std::vector<StringRef> refs;
  refs.reserve(values.size());
  for (const std::string& value : values) refs.push_back(add(value));
  return string_ranges.add(draft.condition_strings, values, refs);
}

Obligation FormContext::strictest(Range range) const {
  constexpr Obligation kByStrictness[] = {Obligation::mandatory, Obligation::guarantee,
                                          Obligation::consider,  Obligation::optional,
                                          Obligation::saving,    Obligation::informational};
  for (const Obligation obligation : kByStrictness)
    for (std::uint32_t i = 0; i < range.count; ++i)
      if (draft.provisions[draft.provision_refs[range.first + i]].obligation == obligation)
        return obligation;
  return Obligation::none;
}

std::uint32_t FormContext::find_option(std::uint32_t list, std::string_view code) const {
  const Range range = draft.lists[list].options;
  for (std::uint32_t i = 0; i < range.count; ++i)
    if (view(draft.options[range.first + i].code) == code) return i;
  return kNone;
}

std::uint32_t FormContext::option(const FormSource& source, const YamlNode& at, std::uint32_t list,
                                  std::string_view code) const {
  const std::uint32_t found = find_option(list, code);
  if (found != kNone) return found;
  const Range range = draft.lists[list].options;
  std::vector<std::string_view> known;
  for (std::uint32_t i = 0; i < range.count; ++i)
    known.push_back(view(draft.options[range.first + i].code));
  source.yaml.add(at, unknown_name("option", code, known) + " (list \"" +
                          std::string(view(draft.lists[list].code)) + "\")");
  return kNone;
}

bool check_code(const FormSource& source, const YamlNode& at, std::string_view code, bool dash) {
  const auto is_allowed = [dash](char c) { return is_name_letter(c) || (dash && c == '-'); };
  if (!code.empty() && std::all_of(code.begin(), code.end(), is_allowed)) return true;
  source.yaml.add(at, "expected a code of lower-case letters, digits and " +
                          std::string(dash ? "- or _" : "_") + ", got \"" + std::string(code) +
                          "\"");
  return false;
}

std::string replace_in_text(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& value_of) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t open = text.find('{', i);
    out.append(text.substr(i, open - i));
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view whole =
        close == std::string_view::npos ? text.substr(open) : text.substr(open, close - open + 1);
    const std::string_view name = lone_name(whole);
    const bool is_count =
        !name.empty() && name.front() >= '0' && name.front() <= '9';  // a pattern's {2}
    std::optional<std::string> value;
    if (!name.empty() && !is_count) value = value_of(name);
    if (value) {
      out += *value;
      i = close + 1;
    } else {
      out += '{';
      i = open + 1;
    }
  }
  return out;
}

YamlNode replace_names(const YamlNode& node, const Bindings& bindings, const YamlFile& file) {
  YamlNode copy;
  copy.kind = node.kind;
  copy.is_quoted = node.is_quoted;
  copy.line = node.line;
  copy.column = node.column;
  if (node.is_scalar()) {
    if (const auto bound = bindings.find(std::string(lone_name(node.scalar)));
        bound != bindings.end()) {
      YamlNode value = bound->second;
      move_to(value, node.line, node.column);
      return value;
    }
    copy.scalar =
        replace_in_text(node.scalar, [&](std::string_view name) -> std::optional<std::string> {
          const auto bound = bindings.find(std::string(name));
          if (bound != bindings.end() && bound->second.is_scalar()) return bound->second.scalar;
          file.add(node, unknown_name("name", name, binding_names(bindings)));
          return std::nullopt;
        });
    return copy;
  }
  for (const YamlNode& item : node.items) {
    YamlNode value = replace_names(item, bindings, file);
    // "{name}" in a list, standing for a list, gives its items.
    if (item.is_scalar() && value.is_sequence())
      for (YamlNode& inner : value.items) copy.items.push_back(std::move(inner));
    else
      copy.items.push_back(std::move(value));
  }
  for (const YamlNode::Entry& entry : node.entries)
    copy.entries.push_back(
        {entry.key, entry.line, entry.column, replace_names(entry.value, bindings, file)});
  return copy;
}

}  // namespace cosp
