/// A workspace on the second treaty, and a folder to put altered submissions into.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "base/file.hpp"
#include "service/workspace.hpp"
#include "tests/base/temporary_folder.hpp"

namespace cosp::test {

class ServiceTest : public ::testing::Test {
 protected:
  static constexpr const char* kCycle = "tests/support/cycles/night-skies-third-round.yaml";

  void SetUp() override {
    WorkspaceOptions options;
    options.data = "tests/support";
    options.use_cache = false;
    auto opened = Workspace::open(options);
    ASSERT_TRUE(opened) << describe(opened.error());
    workspace_ = std::move(*opened);
    put("cycle.yaml", must(read_file(kCycle, 1 << 20)));
  }

  static std::string must(Result<std::string> bytes) {
    EXPECT_TRUE(bytes) << describe(bytes.error());
    return bytes ? *bytes : std::string();
  }

  static nlohmann::json sample(const std::string& state) {
    return nlohmann::json::parse(must(
        read_file("tests/support/submissions/night-skies-report/" + state + ".json", 1 << 20)));
  }

  std::filesystem::path put(const std::string& name, const std::string& bytes) {
    std::filesystem::path path = in() / name;
    std::filesystem::create_directories(path.parent_path());
    const auto written = write_file(path, bytes);
    EXPECT_TRUE(written) << describe(written.error());
    return path;
  }

  std::filesystem::path in() const { return folder_.path() / "in"; }
  std::filesystem::path out() const { return folder_.path() / "out"; }

  std::unique_ptr<Workspace> workspace_;
  testing::TemporaryFolder folder_;
};

}  // namespace cosp::test
