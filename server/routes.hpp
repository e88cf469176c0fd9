/// What the server answers, path by path.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "model/cycle.hpp"
#include "server/exchange.hpp"
#include "server/server.hpp"
#include "service/receiving.hpp"
#include "service/submission_file.hpp"
#include "service/workspace.hpp"
#include "store/store.hpp"

namespace cosp {

/// Shared by all threads of a server.
class Routes {
 public:
  Routes(const ServerOptions& options, std::shared_ptr<const PreparedForm> form,
         std::shared_ptr<const Cycle> cycle, std::shared_ptr<Store> store);

  const Form& form() const { return form_->form; }
  void handle(Exchange& exchange);

 private:
  struct Target;  ///< what a path names
  /// A reader while it is lent; waits for one when all are. Their number bounds what is checked at
  /// once.
  class LentReader;
  /// A place among the uploads under way, in all and of one State; taken or not.
  class Seat;

  static std::optional<Target> parse(std::string_view path);
  void health(Exchange& exchange) const;
  void status(Exchange& exchange) const;
  void upload(Exchange& exchange);
  void revision(Exchange& exchange, const Target& target);
  void findings(Exchange& exchange, const Target& target);

  /// The record of the request's token; refuses the exchange itself when there is none that is
  /// valid.
  std::optional<TokenRecord> authorize(Exchange& exchange) const;
  /// The revision, for the State that the token is bound to; refuses otherwise.
  std::optional<StoredRevision> authorized_revision(Exchange& exchange, const Target& target) const;
  void answer_received(Exchange& exchange, const Received& received) const;
  std::string rendered(const Exchange& exchange, const CheckedSubmission& checked) const;

  ServerOptions options_;
  std::shared_ptr<const PreparedForm> form_;
  std::shared_ptr<const Cycle> cycle_;
  std::shared_ptr<Store> store_;
  std::mutex readers_mutex_;
  std::condition_variable reader_is_back_;
  std::vector<SubmissionFileReader> readers_;  ///< those not lent
  std::mutex seats_mutex_;
  std::map<std::string, std::uint32_t, std::less<>> seats_;  ///< uploads under way, by State
  std::uint32_t seats_taken_ = 0;
};

}  // namespace cosp
