using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Loads the librdkafka that comes with Confluent.Kafka. Its usual build needs <c>libsasl2.so.3</c>, which some systems do not
/// have; .NET then takes any <c>librdkafka.so</c> of the system, of whatever age, and such a one reads nothing without an error.
/// So the package's other build, which needs no libsasl2, is tried first, and the version that was loaded is checked.
/// </summary>
public static class KafkaLibrary
{
    private const string Name = "librdkafka";
    private static readonly string[] Builds = ["librdkafka.so", "centos8-librdkafka.so"];
    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>To be called before the first Kafka client is opened; costs nothing after the first time.</summary>
    /// <exception cref="KafkaStreamException">The library that was loaded is too old, or none could be loaded.</exception>
    public static void EnsureUsable()
    {
        if (Problem.Value is { } problem)
        {
            throw new KafkaStreamException(problem);
        }
    }

    /// <summary>Null when a library of this version serves Confluent.Kafka of the other; else what to do.</summary>
    /// <param name="loaded">As librdkafka gives it: <c>0xMMmmrrxx</c>.</param>
    /// <param name="loadedText">The same for people.</param>
    /// <param name="managed">Version of Confluent.Kafka, which carries a library of the same one.</param>
    internal static string? ProblemOf(int loaded, string loadedText, Version managed) =>
        loaded >>> 16 >= ((managed.Major << 8) | managed.Minor)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"librdkafka {loadedText} was loaded, but Confluent.Kafka {managed.Major}.{managed.Minor} needs at least its own version: an older library of "
                + $"the system took the place of the bundled one. Uninstall the system's (package librdkafka-dev), or restore the package librdkafka.redist");

    private static string? Load()
    {
        var managed = typeof(Library).Assembly;
        if (OperatingSystem.IsLinux() && !Library.IsLoaded)
        {
            NativeLibrary.SetDllImportResolver(managed, Resolve);
        }

        try
        {
            return ProblemOf(Library.Version, Library.VersionString, managed.GetName().Version!);
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException or TypeInitializationException)
        {
            return $"librdkafka cannot be loaded: {e.GetBaseException().Message}. It comes with the package librdkafka.redist; restore and build again";
        }
    }

    /// <summary>The first of the package's builds that this system can load; zero leaves the search to .NET.</summary>
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Name)
        {
            foreach (var file in Builds.SelectMany(Places))
            {
                if (NativeLibrary.TryLoad(file, out var handle))
                {
                    return handle;
                }
            }
        }

        return IntPtr.Zero;
    }

    /// <summary>Beside the program when it was published for one system, else among those of all systems.</summary>
    private static IEnumerable<string> Places(string build)
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, build),
            Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{architecture}", "native", build),
        ];
        return places.Where(File.Exists);
    }
}
