/// The outward forms of addresses and numbers. Whether they reach anyone, no check without a
/// network can tell.
#pragma once

#include <string_view>

namespace cosp {

/// One "@", a local part of at most 64 bytes, a host with a dot, no spaces; at most 254 bytes.
/// Letters of all scripts.
bool is_email_form(std::string_view text);

/// E.164: "+", a country code that does not begin with 0, 7 to 15 digits in all. Spaces, hyphens,
/// dots and brackets between digits are passed over.
bool is_phone_form(std::string_view text);

/// The form of ISO 4217: three capital letters.
bool is_currency_form(std::string_view text);

}  // namespace cosp
