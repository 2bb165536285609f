#pragma once
// Where reports go: all of a run or none, each written whole or not at all. A file is written
// beside its place under a hidden name and takes its name only when everything of all of them is on
// disk, so a job that is killed leaves yesterday's reports.

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

class Output {
 public:
  /// "-" is standard output. A folder, or a place that cannot be written to, is an error at once.
  /// Links are followed, also where their target is not there yet.
  static Result<std::unique_ptr<Output>> open(const std::string& path);

  /// A folder that is written beside its place and takes it as a whole. One that is there already
  /// is replaced only where it holds a file of the name `marker`, which `begin_file` has to write
  /// as well, or nothing at all.
  static Result<std::unique_ptr<Output>> open_folder(const std::string& path,
                                                     const std::string& marker);

  virtual ~Output() = default;

  /// What is written from here on goes into a new file of that name. Of folders only.
  virtual void begin_file(const std::string& /*name*/) {}
  /// Whether a path lies in the folder that is to be replaced.
  [[nodiscard]] virtual bool holds(const std::string& /*path*/) const { return false; }

  /// Errors are kept for `commit`.
  virtual void write(std::string_view text) = 0;
  /// What it will take the place of, or write to: outputs and files with the same identity are the
  /// same by whatever name. Empty for devices and sockets, of which nothing can be lost.
  [[nodiscard]] virtual std::string identity() const { return {}; }

  // --- the steps of `commit`, in their order

  /// Brings everything to disk, not yet under its name.
  virtual Status save() { return Done{}; }
  /// Gives it its name. Whether there was one to give.
  virtual Result<bool> put_in_place() { return false; }
  /// Brings the name to disk.
  virtual void settle() {}
  [[nodiscard]] virtual std::string path() const { return {}; }
};

/// Puts all of them in their places. An error where one could not be written, which says what was
/// changed: nothing, unless files had been put in place before.
Status commit(std::span<Output* const> outputs);

/// The identity of a file that is there, or would be; see `Output`. "-" is standard input.
std::string identity_of(const std::string& path);

/// Removes what is written and not yet in its place. May be called in a signal handler.
void remove_unfinished_outputs();

/// Lets signals that end the process remove what is written and not yet in its place. Signals that
/// are ignored stay so.
void clean_up_on_signals();
/// Lets the same signals do what they did at first: for a child that owns no outputs.
void forget_signals();

}  // namespace tierline
