// SVG, laid out by Graphviz in a process of its own: a layout that takes too long is ended, and
// tried again with fewer items.

#include <dlfcn.h>
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
#include "tierline/output_mark.h"

namespace tierline {
namespace {

using Clock = std::chrono::steady_clock;

/// Of all attempts together: each may take half of what is left.
constexpr std::chrono::seconds deadline{10};
/// Of the layout, beyond what the run has already. Sparse pictures take a tenth of it.
constexpr rlim_t most_memory = 400'000'000;
/// Layouts of pictures with more arrows than both of these take minutes, and gigabytes.
constexpr int many_arrows = 700;
constexpr int many_arrows_by_item = 6;
/// Graphviz calls itself, and stacks may be small.
constexpr std::size_t stack_size = std::size_t{16} * 1024 * 1024;
constexpr int attempts = 4;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;  // Sanitizers take terabytes of addresses.
#else
constexpr bool is_sanitized = false;
#endif

/// The addresses in use, in bytes.
rlim_t memory_now() {
  std::ifstream statm("/proc/self/statm");
  rlim_t pages = 0;
  statm >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

/// Graphviz's layout and output. Named one by one, so that no plugin of the machine's own
/// configuration is loaded: the same fonts and the same picture everywhere.
using Plugins = std::array<lt_symlist_t, 3>;

Result<Plugins> load_plugins() {
  Plugins plugins{{{const_cast<char*>("gvplugin_dot_layout_LTX_library"), nullptr},
                   {const_cast<char*>("gvplugin_core_LTX_library"), nullptr},
                   {nullptr, nullptr}}};
  const std::array files{TIERLINE_GRAPHVIZ_DOT_LAYOUT, TIERLINE_GRAPHVIZ_CORE};
  for (std::size_t i = 0; i < files.size(); ++i) {
    void* const library = ::dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
    plugins[i].address = library == nullptr ? nullptr : ::dlsym(library, plugins[i].name);
    if (plugins[i].address == nullptr) {
      return Error{
          fmt::format("no picture without Graphviz's {}: install it again (libgvc6), or "
                      "write DOT",
                      files[i])};
    }
  }
  return plugins;
}

/// Lays out and renders; runs in the child process.
std::string render(Agraph_t* graph, const Plugins& plugins) {
  GVC_t* context = gvContextPlugins(plugins.data(), 0);
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
  if (!is_sanitized) {
    limit(RLIMIT_AS, memory_now() + most_memory);
  }
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
void render_to(int descriptor, Agraph_t* graph, const Plugins& plugins) {
  struct Work {
    int descriptor;
    Agraph_t* graph;
    const Plugins& plugins;
  } work{descriptor, graph, plugins};
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, stack_size);
  const auto run = [](void* given) -> void* {
    const auto& to_do = *static_cast<Work*>(given);
    write_all(to_do.descriptor, render(to_do.graph, to_do.plugins));
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

/// The SVG of a picture, or nothing when the layout failed or did not come to its end in time.
std::string lay_out(Agraph_t* graph, const Plugins& plugins, Clock::time_point end) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    return {};
  }
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    bind_to(parent);
    ::close(pipe[0]);
    render_to(pipe[1], graph, plugins);
    ::_exit(0);
  }
  ::close(pipe[1]);
  std::string svg = child < 0 ? std::string() : read_all(pipe[0], end);
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

/// Graphviz puts the declarations before the first comment, which is ours.
const Register<OutputMark> mark{
    {.id = "svg-graphviz", .beginning = {}, .fits = [](std::string_view text) {
       const std::string_view declarations = text.substr(0, text.find("<!--"));
       return declarations.starts_with("<?xml ") &&
              declarations.find("<!DOCTYPE svg ") != std::string_view::npos &&
              text.substr(declarations.size()).starts_with("<!-- generated by tierline -->");
     }}};

}  // namespace

Status write_graphviz_svg(const AuditReport& report, const ReportStyle& style, Output& output) {
  const Result<Plugins> plugins = load_plugins();
  if (!plugins) {
    return plugins.error();
  }
  const Clock::time_point end = Clock::now() + deadline;
  ReportStyle smaller = style;
  for (int attempt = 0; attempt < attempts;) {
    const GraphPtr graph = draw(report, smaller, choose_items(report, smaller));
    const bool is_tried = !is_too_dense(graph.get());
    const Clock::time_point now = Clock::now();
    const std::string svg =
        is_tried ? lay_out(graph.get(), *plugins, now + (end - now) / 2) : std::string();
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

}  // namespace tierline
