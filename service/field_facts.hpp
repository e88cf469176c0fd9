/// The properties of a field, in words that two releases can be compared by. For form_diff.cpp
/// only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/form.hpp"
#include "service/release_pairing.hpp"

namespace cosp {

/// A name and its words; empty words: the field has no such property.
using Fact = std::pair<std::string, std::string>;

/// The same names in the same order for every field. Texts and conditions are not among them.
std::vector<Fact> field_facts(const Form& form, const Field& field);

/// As a reader sees a condition, with how each of several answers is counted, which
/// `condition_text` leaves out.
std::string condition_words(const Form& form, std::uint32_t condition);

/// What becomes of answers when a field becomes the other: "carried over", "carried over where they
/// fit: …", "not carried over: …".
std::string fate_of_answers(const ReleasePairing& pairing, const Field& from, const Field& to);

/// Codes of the provisions, joined.
std::string provision_codes(const Form& form, Range range);

}  // namespace cosp
