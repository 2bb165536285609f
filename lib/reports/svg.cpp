// SVG, laid out by Graphviz in a process of its own: a layout that takes too long is ended, and
// tried again with fewer items.

#include <fcntl.h>
#include <fmt/format.h>
#include <graphviz/gvc.h>
#include <poll.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <fstream>

#include "reports/picture.h"

// Linked in, so that no plugin of the machine's own configuration is loaded: the same fonts and the
// same picture everywhere.
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
extern gvplugin_library_t gvplugin_core_LTX_library;

namespace tierline {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds deadline{20};
/// Of the layout, beyond what the run has already. Sparse pictures take a tenth of it.
constexpr rlim_t most_memory = 400'000'000;
/// Layouts of pictures with more arrows than both of these take minutes, and gigabytes.
constexpr int many_arrows = 700;
constexpr int many_arrows_by_item = 6;
/// Graphviz calls itself, and stacks may be small.
constexpr std::size_t stack_size = std::size_t{16} * 1024 * 1024;
constexpr int attempts = 4;

/// The addresses in use, in bytes.
rlim_t memory_now() {
  std::ifstream statm("/proc/self/statm");
  rlim_t pages = 0;
  statm >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

/// Lays out and renders; runs in the child process.
std::string render(Agraph_t* graph) {
  lt_symlist_t plugins[] = {
      {const_cast<char*>("gvplugin_dot_layout_LTX_library"), &gvplugin_dot_layout_LTX_library},
      {const_cast<char*>("gvplugin_core_LTX_library"), &gvplugin_core_LTX_library},
      {nullptr, nullptr}};
  GVC_t* context = gvContextPlugins(plugins, 0);
  std::string svg;
  if (gvLayout(context, graph, "dot") == 0) {
    char* data = nullptr;
    unsigned int size = 0;
    if (gvRenderData(context, graph, "svg", &data, &size) == 0) {
      svg.assign(data, size);
      gvFreeRenderData(data);
    }
    gvFreeLayout(context, graph);
  }
  gvFreeContext(context);
  return svg;
}

/// The child takes no more memory and time than a picture is worth, and does not outlive the run.
void bind_to(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) {
    ::_exit(1);
  }
  forget_signals();
  const auto limit = [](auto resource, rlim_t most) {
    rlimit now{};
    ::getrlimit(resource, &now);
    now.rlim_cur = std::min(now.rlim_max, most);
    ::setrlimit(resource, &now);
  };
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // They take terabytes.
  limit(RLIMIT_AS, memory_now() + most_memory);
#endif
  limit(RLIMIT_CPU, static_cast<rlim_t>(deadline.count()));
  limit(RLIMIT_CORE, 0);
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written <= 0) {
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// On a stack of its own, whatever the limit of the others is.
void render_to(int descriptor, Agraph_t* graph) {
  std::pair<int, Agraph_t*> work(descriptor, graph);
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, stack_size);
  const auto run = [](void* given) -> void* {
    const auto& [to, drawn] = *static_cast<decltype(work)*>(given);
    write_all(to, render(drawn));
    return nullptr;
  };
  pthread_t thread{};
  if (::pthread_create(&thread, &attributes, run, &work) == 0) {
    ::pthread_join(thread, nullptr);
  }
}

bool is_too_dense(Agraph_t* graph) {
  return agnedges(graph) > std::max(many_arrows, many_arrows_by_item * agnnodes(graph));
}

/// What the child writes until it ends; empty when the time is over first.
std::string read_all(int descriptor, Clock::time_point end) {
  std::string text;
  std::string bytes(64 * 1024, '\0');  // Stacks may be small.
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    pollfd waiting{descriptor, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) == 0) {
      return {};
    }
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    if (got <= 0) {
      return text;
    }
    text.append(bytes.data(), static_cast<std::size_t>(got));
  }
}

/// The SVG of a picture, or nothing when the layout failed or took too long.
std::string lay_out(Agraph_t* graph) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return {};
  }
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    bind_to(parent);
    ::close(pipe[0]);
    render_to(pipe[1], graph);
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string svg = child < 0 ? std::string() : read_all(pipe[0], Clock::now() + deadline);
  ::close(pipe[0]);
  if (child > 0) {
    if (svg.empty()) {
      ::kill(child, SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  }
  return svg;
}

/// Without the comment that names Graphviz's version, and with our own.
std::string signed_as_ours(std::string svg) {
  const std::string_view begin = "<!-- Generated by graphviz";
  const std::size_t at = svg.find(begin);
  const std::size_t end = at == std::string::npos ? at : svg.find("-->", at);
  if (end != std::string::npos) {
    svg.replace(at, end + 3 - at, "<!-- generated by tierline -->");
  }
  return svg;
}

Status write(const AuditReport& report, const ReportStyle& style, Output& output) {
  ReportStyle smaller = style;
  for (int attempt = 0; attempt < attempts;) {
    const GraphPtr graph = draw(report, smaller, choose_items(report, smaller));
    const bool is_tried = !is_too_dense(graph.get());
    const std::string svg = is_tried ? lay_out(graph.get()) : std::string();
    attempt += is_tried ? 1 : 0;
    if (!svg.empty()) {
      output.write(signed_as_ours(svg));
      return Done{};
    }
    smaller.most_items = smaller.most_items / 2 + 1;
  }
  return Error{
      fmt::format("the picture could not be laid out within {} seconds: draw less with --focus, "
                  "or write DOT",
                  deadline.count())};
}

const Register<ReportFormat> format{
    {.id = "svg", .ending = ".svg", .is_picture = true, .write = write}};

}  // namespace
}  // namespace tierline
