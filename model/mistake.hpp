/// A mistake in a declaration, told to whoever writes forms: in English, with its place.
#pragma once

#include <cstdint>
#include <string>

namespace cosp {

struct Mistake {
  std::string file;        ///< relative to the form's folder
  std::uint32_t line = 0;  ///< from 1; 0: the whole file
  std::uint32_t column = 0;
  std::string
      what;  ///< "expected X, got Y", names quoted, the nearest known one for an unknown name
};

}  // namespace cosp
