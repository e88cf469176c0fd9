#include "service/sample_hints.hpp"

#include <fmt/format.h>

#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

constexpr std::uint32_t kUsualWeight = 10;
constexpr std::int64_t kMostFigure = 1'000'000'000'000;

std::optional<std::pair<std::int64_t, std::int64_t>> read_bounds(const YamlFile& file,
                                                                 const YamlNode& node) {
  const auto& items = file.sequence(node);
  if (items.size() != 2) {
    file.add(node, "expected [least, most], got " + describe_node(node));
    return std::nullopt;
  }
  const auto least = file.integer(items[0], 0, kMostFigure);
  const auto most = file.integer(items[1], least.value_or(0), kMostFigure);
  if (!least || !most) return std::nullopt;
  return std::make_pair(*least, *most);
}

/// The entry of the whole code, else of the suffix; end when there is neither.
template <class Map>
auto find_hint(const Map& map, std::string_view code, std::string_view suffix) {
  const auto whole = map.find(code);
  return whole != map.end() ? whole : map.find(suffix);
}

}  // namespace

Result<void> SampleHints::add(const std::filesystem::path& path) {
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return {};
  std::vector<Mistake> mistakes;
  const auto root = read_yaml_file(path, path.filename().string(), mistakes);
  const YamlFile file(path.filename().string(), mistakes);
  if (root && file.check_map(*root, {"choices", "figures", "rows", "texts"}, "sample hints")) {
    if (const YamlNode* choices = root->find("choices"))
      for (const auto& question : choices->entries)
        for (const auto& option : question.value.entries)
          if (const auto weight = file.integer(option.value, 0, 1000))
            weights_[question.key][option.key] = static_cast<std::uint32_t>(*weight);
    for (const auto& [key, target] : {std::pair{"figures", &figures_}, std::pair{"rows", &rows_}})
      if (const YamlNode* bounds = root->find(key))
        for (const auto& entry : bounds->entries)
          if (const auto read = read_bounds(file, entry.value)) (*target)[entry.key] = *read;
    if (const YamlNode* texts = root->find("texts"))
      for (const auto& pool : texts->entries)
        for (const auto& language : pool.value.entries)
          texts_[pool.key][language.key] = file.texts(language.value);
  }
  if (mistakes.empty()) return {};
  std::string all;
  for (const Mistake& mistake : mistakes) all += (all.empty() ? "" : "\n") + describe(mistake);
  return Error{Error::Kind::bad_input, all, path.string()};
}

std::uint32_t SampleHints::weight(std::string_view code, std::string_view suffix,
                                  std::string_view option) const {
  const auto found = find_hint(weights_, code, suffix);
  if (found == weights_.end()) return kUsualWeight;
  const auto named = found->second.find(option);
  return named == found->second.end() ? kUsualWeight : named->second;
}

std::optional<std::pair<std::int64_t, std::int64_t>> SampleHints::figures(
    std::string_view code, std::string_view suffix) const {
  const auto found = find_hint(figures_, code, suffix);
  if (found == figures_.end()) return std::nullopt;
  return found->second;
}

std::pair<std::int64_t, std::int64_t> SampleHints::rows(std::string_view registry) const {
  const auto found = rows_.find(registry);
  return found == rows_.end() ? std::pair<std::int64_t, std::int64_t>{1, 4} : found->second;
}

std::string SampleHints::text(std::string_view code, std::string_view suffix,
                              std::string_view general, std::string_view language,
                              std::uint64_t lot) const {
  auto pool = find_hint(texts_, code, suffix);
  if (pool == texts_.end()) pool = texts_.find(general);
  if (pool == texts_.end()) return {};
  auto texts = pool->second.find(language);
  if (texts == pool->second.end()) texts = pool->second.find("en");
  if (texts == pool->second.end() || texts->second.empty()) return {};
  return texts->second[lot % texts->second.size()];
}

}  // namespace cosp
