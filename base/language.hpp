#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cosp {

/// Language tags (BCP 47: "ar", "zh-Hant", "pt-BR"). All functions are thread-safe, and total: a
/// tag that is not well-formed gives the empty or the neutral answer.

/// Whether text of this language is written from right to left ("ar", "fa", "az-Arab").
bool is_right_to_left(std::string_view tag);

/// The tag in canonical form ("EN-us" → "en-US", "iw" → "he"); empty if it is not well-formed.
std::string canonical_language(std::string_view tag);

/// The language's name as one says it in `in_language`: ("fr", "es") → "francés". The canonical tag
/// itself when no name is known.
std::string language_name(std::string_view tag, std::string_view in_language);

/// The offered tag that a reader with this Accept-Language header wants most (RFC 4647 lookup, with
/// quality values; equal wishes go by the header's order). "*" stands for the first offered tag not
/// refused by ";q=0". A region may be dropped either way: "fr-CA" takes "fr", "pt" takes "pt-BR".
/// Empty when nothing offered is wanted, or the header is empty or longer than 1,024 bytes.
std::optional<std::string> best_language(std::string_view accept_language_header,
                                         std::span<const std::string> offered);

}  // namespace cosp
