#include "base/zip.hpp"

#include <dlfcn.h>
#include <zip.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <unordered_map>
#include <vector>

namespace cosp {
namespace {

constexpr std::string_view kFirstEntry = "PK\x03\x04";
constexpr std::string_view kEmptyArchive = "PK\x05\x06";
constexpr std::string_view kEndRecord = "PK\x05\x06";
constexpr std::string_view kLongEndRecord = "PK\x06\x06";
constexpr std::size_t kMostComment = 65'535;
constexpr std::size_t kEndRecordSize = 22;
constexpr std::size_t kLongEndSize = 56 + 20;  ///< with the locator behind it
constexpr std::size_t kPieceBytes = 64u << 10;
constexpr std::uint64_t kFreeOfRatio = 4u << 20;

/// libzip, loaded with the first archive: it brings OpenSSL along, which takes a third of the time
/// in which a command starts.
struct Libzip {
  Libzip() {
    void* library = ::dlopen(COSP_LIBZIP, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) throw std::runtime_error(::dlerror());
    const auto find = [&](auto& function, const char* symbol) {
      void* found = ::dlsym(library, symbol);
      if (found == nullptr) throw std::runtime_error(::dlerror());
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
    };
    find(source_of, "zip_source_buffer_create");
    find(free_source, "zip_source_free");
    find(open, "zip_open_from_source");
    find(discard, "zip_discard");
    find(count, "zip_get_num_entries");
    find(name, "zip_get_name");
    find(stat, "zip_stat_index");
    find(open_entry, "zip_fopen_index");
    find(read, "zip_fread");
    find(close_entry, "zip_fclose");
    find(start_error, "zip_error_init");
    find(end_error, "zip_error_fini");
  }

  decltype(&zip_source_buffer_create) source_of;
  decltype(&zip_source_free) free_source;
  decltype(&zip_open_from_source) open;
  decltype(&zip_discard) discard;
  decltype(&zip_get_num_entries) count;
  decltype(&zip_get_name) name;
  decltype(&zip_stat_index) stat;
  decltype(&zip_fopen_index) open_entry;
  decltype(&zip_fread) read;
  decltype(&zip_fclose) close_entry;
  decltype(&zip_error_init) start_error;
  decltype(&zip_error_fini) end_error;
};

const Libzip& libzip() {
  static const Libzip loaded;
  return loaded;
}

std::string lower(std::string_view name) {
  std::string folded(name);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

std::uint64_t little_endian(std::string_view bytes, std::size_t offset, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;)
    value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
  return value;
}

/// The number of entries that the records at the end promise; libzip would make room for all of
/// them. Nothing when there is no such record.
std::optional<std::uint64_t> promised_entries(std::string_view bytes) {
  const std::size_t tail_size =
      std::min(bytes.size(), kMostComment + kEndRecordSize + kLongEndSize);
  const std::string_view tail = bytes.substr(bytes.size() - tail_size);
  std::optional<std::uint64_t> most;
  const auto take = [&](std::string_view sign, std::size_t offset, std::size_t size) {
    for (std::size_t at = tail.find(sign); at != std::string_view::npos;
         at = tail.find(sign, at + 1))
      if (at + offset + size <= tail.size())
        most = std::max(most.value_or(0), little_endian(tail, at + offset, size));
  };
  take(kEndRecord, 10, 2);
  if (most) take(kLongEndRecord, 32, 8);
  return most;
}

bool is_good_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.front() == '\\') return false;
  if (name.size() > 1 && name[1] == ':') return false;
  std::string_view rest = name;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of("/\\");
    if (rest.substr(0, end) == "..") return false;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return std::none_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
  });
}

}  // namespace

struct ZipReader::Implementation {
  Implementation(zip_t* opened, const ZipLimits& given) : archive(opened), limits(given) {}
  ~Implementation() { libzip().discard(archive); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  std::optional<ZipFault> index_entries();

  zip_t* archive;
  ZipLimits limits;
  std::uint64_t unpacked = 0;
  std::unordered_map<std::string, zip_uint64_t> by_name;
  std::string piece;
};

std::optional<ZipFault> ZipReader::Implementation::index_entries() {
  const zip_int64_t count = libzip().count(archive, 0);
  if (count > static_cast<zip_int64_t>(limits.entries))
    return ZipFault{ZipFault::Kind::too_large, {}};
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* raw = libzip().name(archive, index, ZIP_FL_ENC_GUESS);
    if (raw == nullptr) return ZipFault{ZipFault::Kind::damaged, {}};
    const std::string_view name = raw;
    if (!is_good_name(name)) return ZipFault{ZipFault::Kind::bad_name, std::string(name)};
    zip_stat_t stat;
    if (libzip().stat(archive, index, 0, &stat) != 0)
      return ZipFault{ZipFault::Kind::damaged, std::string(name)};
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
      return ZipFault{ZipFault::Kind::encrypted, std::string(name)};
    if (!by_name.emplace(lower(name), index).second)
      return ZipFault{ZipFault::Kind::duplicate_name, std::string(name)};
  }
  return std::nullopt;
}

ZipReader::ZipReader(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

std::variant<ZipReader, ZipFault> ZipReader::open(std::string_view bytes, const ZipLimits& limits) {
  if (!bytes.starts_with(kFirstEntry) && !bytes.starts_with(kEmptyArchive))
    return ZipFault{ZipFault::Kind::not_zip, {}};
  const auto promised = promised_entries(bytes);
  if (!promised) return ZipFault{ZipFault::Kind::cut, {}};
  if (*promised > limits.entries) return ZipFault{ZipFault::Kind::too_large, {}};
  zip_error_t error;
  libzip().start_error(&error);
  zip_source_t* source = libzip().source_of(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : libzip().open(source, ZIP_RDONLY, &error);
  libzip().end_error(&error);
  if (archive == nullptr) {
    if (source != nullptr) libzip().free_source(source);
    return ZipFault{ZipFault::Kind::damaged, {}};
  }
  auto implementation = std::make_unique<Implementation>(archive, limits);
  if (auto fault = implementation->index_entries()) return *fault;
  return ZipReader(std::move(implementation));
}

bool ZipReader::has(std::string_view name) const {
  return implementation_->by_name.contains(lower(name));
}

void ZipReader::visit_names(const std::function<void(std::string_view)>& visit) const {
  for (zip_uint64_t i = 0; i < implementation_->by_name.size(); ++i)
    visit(libzip().name(implementation_->archive, i, ZIP_FL_ENC_GUESS));
}

std::optional<ZipFault> ZipReader::read(std::string_view name,
                                        const std::function<bool(std::string_view)>& take) {
  Implementation& own = *implementation_;
  const auto found = own.by_name.find(lower(name));
  if (found == own.by_name.end()) return ZipFault{ZipFault::Kind::missing, std::string(name)};
  const auto fault = [&](ZipFault::Kind kind) { return ZipFault{kind, std::string(name)}; };
  zip_stat_t stat;
  if (libzip().stat(own.archive, found->second, 0, &stat) != 0)
    return fault(ZipFault::Kind::damaged);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      libzip().open_entry(own.archive, found->second, 0), libzip().close_entry);
  if (!file) return fault(ZipFault::Kind::damaged);
  own.piece.resize(kPieceBytes);
  std::uint64_t here = 0;
  while (true) {
    const zip_int64_t got = libzip().read(file.get(), own.piece.data(), own.piece.size());
    if (got < 0) return fault(ZipFault::Kind::damaged);
    if (got == 0) return std::nullopt;
    here += static_cast<std::uint64_t>(got);
    own.unpacked += static_cast<std::uint64_t>(got);
    const bool is_swollen = here > kFreeOfRatio && here / own.limits.ratio > stat.comp_size;
    if (own.unpacked > own.limits.unpacked_bytes || is_swollen)
      return fault(ZipFault::Kind::too_large);
    if (!take(std::string_view(own.piece.data(), static_cast<std::size_t>(got))))
      return std::nullopt;
  }
}

std::variant<std::string, ZipFault> ZipReader::read_whole(std::string_view name,
                                                          std::uint64_t most_bytes) {
  std::string whole;
  bool is_over = false;
  const auto fault = read(name, [&](std::string_view piece) {
    is_over = whole.size() + piece.size() > most_bytes;
    if (!is_over) whole += piece;
    return !is_over;
  });
  if (fault) return *fault;
  if (is_over) return ZipFault{ZipFault::Kind::too_large, std::string(name)};
  return whole;
}

}  // namespace cosp
