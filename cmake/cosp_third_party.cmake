# Third-party libraries, from Debian packages only (packaging/debian-packages.txt). A folder links
# only what the architecture gives it; each target below exists for the folder that owns it.
find_package(PkgConfig REQUIRED)

# fmt and nlohmann_json: every folder.
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)

# base
find_package(ICU REQUIRED COMPONENTS i18n uc data)
pkg_check_modules(cosp_sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(cosp_libzip REQUIRED IMPORTED_TARGET libzip)
add_library(cosp::sodium ALIAS PkgConfig::cosp_sodium)
add_library(cosp::libzip ALIAS PkgConfig::cosp_libzip)
# The name by which programs load it: what its development link points to, without the last number.
file(REAL_PATH "${cosp_libzip_LINK_LIBRARIES}" COSP_LIBZIP_NAME)
cmake_path(GET COSP_LIBZIP_NAME FILENAME COSP_LIBZIP_NAME)
string(REGEX REPLACE "(\\.so\\.[0-9]+).*$" "\\1" COSP_LIBZIP_NAME "${COSP_LIBZIP_NAME}")

# readers
find_package(simdjson REQUIRED)
pkg_check_modules(cosp_yaml REQUIRED IMPORTED_TARGET yaml-0.1)
add_library(cosp::yaml ALIAS PkgConfig::cosp_yaml)
find_package(EXPAT REQUIRED)

# validator
pkg_check_modules(cosp_re2 REQUIRED IMPORTED_TARGET re2)
add_library(cosp::re2 ALIAS PkgConfig::cosp_re2)

# generator
pkg_check_modules(cosp_xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)
add_library(cosp::xlsxwriter ALIAS PkgConfig::cosp_xlsxwriter)
find_path(COSP_MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
mark_as_advanced(COSP_MUSTACHE_INCLUDE)
add_library(cosp_mustache INTERFACE)
target_include_directories(cosp_mustache SYSTEM INTERFACE ${COSP_MUSTACHE_INCLUDE})
add_library(cosp::mustache ALIAS cosp_mustache)

# store: Poco::Data, Poco::DataSQLite; server: Poco::Net, Poco::Util
find_package(Poco REQUIRED COMPONENTS Foundation Net Util Data DataSQLite)

# apps
find_package(CLI11 REQUIRED)

find_package(Threads REQUIRED)
