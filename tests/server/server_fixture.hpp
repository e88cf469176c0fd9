/// A server with a store of its own on a free port, and a small form.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/cycle.hpp"
#include "server/server.hpp"
#include "service/workspace.hpp"
#include "store/store.hpp"
#include "tests/server/http_client.hpp"

namespace cosp::test {

inline constexpr std::string_view kCycle = "night-skies-third-round";

class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  void start(const ServerOptions& options);
  void start() { start(options_); }
  /// Ends all connections under way, so that what they did is done.
  void stop() { server_.reset(); }
  std::uint16_t port() const { return server_->port(); }

  /// Submission of one of the files in tests/support.
  static nlohmann::json sample(const std::string& submitter);
  static std::string path(const std::string& rest) {
    return "/api/v1/cycles/" + std::string(kCycle) + rest;
  }

  std::string token(const std::string& submitter);
  /// "Authorization: Bearer …\r\n" with a token made for the State.
  std::string authorization(const std::string& submitter);
  /// A request with Host and the headers given (each with its line end), and a body with its length
  /// when not empty.
  static std::string request(const std::string& method, const std::string& path,
                             const std::string& headers = "", const std::string& body = "");
  Answer get(const std::string& path, const std::string& headers = "") const;
  Answer upload(const std::string& body, const std::string& headers) const;
  std::size_t kept(const std::string& submitter) const;
  std::size_t revisions(const std::string& submitter) const;

  std::filesystem::path folder_;
  ServerOptions options_;
  std::shared_ptr<const PreparedForm> form_;
  std::shared_ptr<const Cycle> cycle_;
  std::shared_ptr<Store> store_;
  std::unique_ptr<Server> server_;
};

/// The answer is this problem, with its own words in the language given, as RFC 9457 has it.
void expect_problem(const Answer& answer, const Form& form, const std::string& code, int status,
                    const std::string& language = "en");

}  // namespace cosp::test
