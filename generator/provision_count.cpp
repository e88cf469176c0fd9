#include "generator/provision_count.hpp"

namespace cosp {

ProvisionCount count_provisions(const Form& form) {
  const auto provisions = form.provisions();
  ProvisionCount count;
  for (std::uint32_t i = 0; i < provisions.size(); ++i) {
    // Paragraphs follow their article.
    const bool has_paragraphs =
        provisions[i].is_whole_article && i + 1 < provisions.size() &&
        !provisions[i + 1].is_whole_article &&
        form.string(provisions[i + 1].article) == form.string(provisions[i].article);
    if (has_paragraphs) continue;
    ++count.total;
    if (!provisions[i].is_verified) count.unverified.push_back(i);
  }
  return count;
}

}  // namespace cosp
