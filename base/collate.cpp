#include "base/collate.hpp"

#include <stdexcept>
#include <vector>

#include <unicode/coll.h>

#include "base/icu_locale.hpp"

namespace cosp {

struct Collator::Implementation {
  std::unique_ptr<icu::Collator> order;
};

Collator::Collator(std::string_view language)
    : implementation_(std::make_unique<Implementation>()) {
  icu::Locale locale = icu_support::locale_of(language);
  if (locale.isBogus()) locale = icu::Locale::getRoot();
  UErrorCode status = U_ZERO_ERROR;
  implementation_->order.reset(icu::Collator::createInstance(locale, status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU's collation data is missing");
}

Collator::Collator(Collator&&) noexcept = default;
Collator& Collator::operator=(Collator&&) noexcept = default;
Collator::~Collator() = default;

bool Collator::less(std::string_view left, std::string_view right) const {
  UErrorCode status = U_ZERO_ERROR;
  const UCollationResult order = implementation_->order->compareUTF8(
      {left.data(), static_cast<int32_t>(left.size())},
      {right.data(), static_cast<int32_t>(right.size())}, status);
  return order == UCOL_EQUAL ? left < right : order == UCOL_LESS;
}

std::string Collator::sort_key(std::string_view text) const {
  const icu::UnicodeString wide = icu_support::from_utf8(text);
  std::vector<uint8_t> bytes(64);
  const auto fill = [&] {
    return static_cast<std::size_t>(
        implementation_->order->getSortKey(wide, bytes.data(), static_cast<int32_t>(bytes.size())));
  };
  std::size_t length = fill();
  if (length > bytes.size()) {
    bytes.resize(length);
    length = fill();
  }
  // The key ends with a zero; the text behind it decides between texts that the order calls equal.
  std::string key{reinterpret_cast<const char*>(bytes.data()), length};
  key += text;
  return key;
}

}  // namespace cosp
