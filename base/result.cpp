#include "base/result.hpp"

namespace cosp {

std::string describe(const Error& error) {
  return error.where.empty() ? error.what : error.where + ": " + error.what;
}

}  // namespace cosp
