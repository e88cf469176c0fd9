#include "service/text_work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/language.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

using Index = std::unordered_map<std::string_view, const WrittenText*>;

Index index_of(const TextFolder& folder) {
  Index index;
  for (const WrittenText& text : folder.texts) index.emplace(text.id, &text);
  return index;
}

TextState state_of(const TextRow& row, const TextFolder& folder) {
  if (row.text == nullptr) return TextState::missing;
  const auto record = folder.records.find(row.text->id);
  return text_state(record == folder.records.end() ? nullptr : &record->second, row.source->value,
                    row.text->value);
}

}  // namespace

TextPlaces text_places(const Workspace& workspace, const Form& form) {
  TextPlaces places;
  places.form = form.id();
  places.version = form.version();
  for (const StringRef tag : form.tables().languages)
    places.languages.emplace_back(form.string(tag));
  places.own = workspace.form_file(form.id(), form.version(), "texts");
  if (auto common = workspace.data_file("texts")) places.common = std::move(*common);
  if (auto glossary = workspace.data_file("glossary.yaml")) places.glossary = std::move(*glossary);
  return places;
}

Error as_error(const std::vector<Mistake>& mistakes) {
  std::string all;
  for (const Mistake& mistake : mistakes) all += (all.empty() ? "" : "\n") + describe(mistake);
  return {Error::Kind::bad_input, std::move(all), ""};
}

Result<TextWork> TextWork::open(const TextPlaces& places, const std::string& language) {
  TextWork work;
  work.language_ = language;
  const std::string& source = places.languages.front();
  const bool is_declared = std::find(places.languages.begin(), places.languages.end(), language) !=
                           places.languages.end();
  const auto with_texts = languages_with_texts(places.own);
  const bool is_known = is_declared || (canonical_language(language) == language &&
                                        std::find(with_texts.begin(), with_texts.end(), language) !=
                                            with_texts.end());
  if (!is_known)
    return Error{Error::Kind::bad_input,
                 fmt::format("the form {} has no texts in \"{}\": it neither declares the language "
                             "nor has a folder texts/{}",
                             places.form, language, language),
                 ""};
  const fs::path* const roots[] = {&places.own, &places.common};
  constexpr std::string_view kShown[] = {"texts/", "data/texts/"};
  for (std::size_t side = 0; side < 2; ++side) {
    if (roots[side]->empty()) continue;
    auto from = read_text_folder(*roots[side] / source, fmt::format("{}{}/", kShown[side], source),
                                 work.mistakes_);
    if (!from) return from.error();
    work.sides_[side].source = std::move(*from);
    if (language == source) continue;
    auto to = read_text_folder(*roots[side] / language,
                               fmt::format("{}{}/", kShown[side], language), work.mistakes_);
    if (!to) return to.error();
    work.sides_[side].target = std::move(*to);
  }
  work.join();
  return work;
}

void TextWork::join() {
  const std::array<Index, 2> targets{index_of(sides_[0].target), index_of(sides_[1].target)};
  const Index own = index_of(sides_[0].source);
  for (std::size_t side = 0; side < 2; ++side)
    for (const WrittenText& source : sides_[side].source.texts) {
      if (side == 1 && own.contains(source.id)) continue;
      TextRow row;
      row.source = &source;
      row.source_side = side;
      for (const std::size_t from : {std::size_t{1}, std::size_t{0}})
        if (const auto found = targets[from].find(source.id); found != targets[from].end()) {
          row.text = found->second;
          row.text_side = from;
        }
      row.state = state_of(row, sides_[row.text_side].target);
      by_id_.emplace(source.id, rows_.size());
      rows_.push_back(row);
    }
}

const TextRow* TextWork::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &rows_[found->second];
}

}  // namespace cosp
