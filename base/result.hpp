#pragma once

#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace cosp {

/// Why an operation could not be done. Callers branch on `kind`, people read `what`.
///
/// An error is never about a party's answers: those are findings.
struct Error {
  enum class Kind { not_found, bad_input, too_large, io };
  Kind kind = Kind::bad_input;
  std::string what;   ///< lower case, no full stop: "cannot open workbook: permission denied"
  std::string where;  ///< path, "sheet!cell" or "file:line"; empty when there is no place

  friend bool operator==(const Error&, const Error&) = default;
};

/// "where: what", or only what when there is no place. For operators, in English.
std::string describe(const Error& error);

/// Either a value or the reason why there is none. gcc 12 has no std::expected in C++20.
///
/// Reading the value of a failed result, or the error of a good one, is a bug and throws
/// std::bad_variant_access (a std::exception that the last nets report).
template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_same_v<std::remove_cv_t<T>, Error>, "an Error cannot be a value");
  static_assert(!std::is_reference_v<T>, "hold a pointer or std::reference_wrapper instead");

 public:
  using value_type = T;

  Result(const T& value) : state_(std::in_place_index<0>, value) {}
  Result(T&& value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(const Error& error) : state_(std::in_place_index<1>, error) {}
  Result(Error&& error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const noexcept { return state_.index() == 0; }
  bool has_value() const noexcept { return state_.index() == 0; }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// The result of an operation that has no value: `Result<void>{}` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(const Error& error) : state_(error) {}
  Result(Error&& error) : state_(std::move(error)) {}

  explicit operator bool() const noexcept { return state_.index() == 0; }
  bool has_value() const noexcept { return state_.index() == 0; }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace cosp
