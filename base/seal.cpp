#include "base/seal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include <sodium.h>

#include "base/digest.hpp"
#include "base/posix_file.hpp"
#include "base/sodium_start.hpp"

namespace cosp {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(SealKey::bytes));

const unsigned char* as_unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* as_unsigned(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

Result<SealKey> read_key(const std::filesystem::path& path) {
  const posix::Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (!file) return posix::error_from_errno("open key file", path);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return posix::error_from_errno("read key file", path);
  if (!S_ISREG(status.st_mode) || status.st_size != static_cast<off_t>(sizeof(SealKey::bytes))) {
    return Error{Error::Kind::bad_input, "not a key file: it is not a file of 32 bytes",
                 path.string()};
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Error::Kind::bad_input,
                 "key file is open to other users: set its mode to 0600, and think of it as known",
                 path.string()};
  }
  SealKey key;
  const ssize_t length = ::read(file.number(), key.bytes.data(), key.bytes.size());
  if (length < 0) return posix::error_from_errno("read key file", path);
  if (static_cast<std::size_t>(length) != key.bytes.size()) {
    return Error{Error::Kind::io, "key file was cut while it was read", path.string()};
  }
  return key;
}

/// Puts a new key under `path`, unless another process was faster.
Result<void> create_key(const std::filesystem::path& path) {
  const std::filesystem::path folder = posix::folder_of(path);
  Result<posix::TemporaryFile> temporary = posix::create_temporary(folder, S_IRUSR | S_IWUSR);
  if (!temporary) return temporary.error();
  const SealKey key = make_key();
  const std::string_view bytes{reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
  Result<void> outcome;
  const int descriptor = temporary->descriptor.number();
  if (!posix::write_all(descriptor, bytes) || ::fsync(descriptor) != 0) {
    outcome = posix::error_from_errno("write key file", path);
  } else if (::link(temporary->path.c_str(), path.c_str()) != 0 && errno != EEXIST) {
    // A link, since it fails where a file stands; a rename would replace the other process's key.
    outcome = posix::error_from_errno("create key file", path);
  }
  ::unlink(temporary->path.c_str());
  if (!outcome) return outcome;
  return posix::sync_folder(folder);
}

}  // namespace

void start_sodium() {
  static const int outcome = sodium_init();
  if (outcome < 0) throw std::runtime_error("libsodium does not start: no source of randomness");
}

SealKey make_key() {
  start_sodium();
  SealKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return key;
}

std::string seal(std::string_view plain, const SealKey& key, std::string_view associated) {
  start_sodium();
  std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
  randombytes_buf(sealed.data(), kNonceBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      as_unsigned(sealed) + kNonceBytes, nullptr, as_unsigned(plain), plain.size(),
      as_unsigned(associated), associated.size(), nullptr, as_unsigned(sealed), key.bytes.data());
  return sealed;
}

Result<std::string> open_sealed(std::string_view sealed, const SealKey& key,
                                std::string_view associated) {
  start_sodium();
  if (sealed.size() < kNonceBytes + kTagBytes) {
    return Error{Error::Kind::bad_input, "sealed text is cut", ""};
  }
  std::string plain(sealed.size() - kNonceBytes - kTagBytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      as_unsigned(plain), nullptr, nullptr, as_unsigned(sealed) + kNonceBytes,
      sealed.size() - kNonceBytes, as_unsigned(associated), associated.size(), as_unsigned(sealed),
      key.bytes.data());
  if (failed != 0) {
    return Error{Error::Kind::bad_input, "sealed text was changed, or the key is another", ""};
  }
  return plain;
}

std::string random_token() {
  start_sodium();
  std::string bytes(32, '\0');
  std::string token;
  do {
    randombytes_buf(bytes.data(), bytes.size());
    token = base64url(bytes);
  } while (token.starts_with('-'));
  return token;
}

bool equal_constant_time(std::string_view left, std::string_view right) {
  start_sodium();
  if (left.size() != right.size()) return false;
  return left.empty() || sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

Result<SealKey> load_or_create_key(const std::filesystem::path& path) {
  Result<SealKey> key = read_key(path);
  if (key || key.error().kind != Error::Kind::not_found) return key;
  if (Result<void> created = create_key(path); !created) {
    Error error = created.error();
    error.kind = Error::Kind::io;  // the folder is missing: nothing a caller could look for
    return error;
  }
  return read_key(path);
}

}  // namespace cosp
