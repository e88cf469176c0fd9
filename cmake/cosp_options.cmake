# What every target of ours is compiled with. Each links it PRIVATE.
add_library(cosp_options INTERFACE)
target_compile_features(cosp_options INTERFACE cxx_std_20)
target_include_directories(cosp_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(cosp_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  $<$<BOOL:${COSP_WERROR}>:-Werror>)

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# clang-tidy reads the commands from here.
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(COSP_SANITIZE)
  # The whole tree, test libraries included: a mixed build reports faults that are none.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(COSP_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "COSP_FUZZ needs clang: use the preset 'fuzz'")
  endif()
  # Coverage feedback in the libraries; the main function comes with each fuzz target.
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
