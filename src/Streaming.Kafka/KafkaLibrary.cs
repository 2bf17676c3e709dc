using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// Loads the librdkafka that comes with Confluent.Kafka. Its usual build needs <c>libsasl2.so.3</c>, which some systems
/// lack; .NET then loads any <c>librdkafka.so</c> of the system, and an old one reads nothing without reporting an error.
/// This class therefore tries the package's build without libsasl2 first, and checks the loaded version.
/// </summary>
public static class KafkaLibrary
{
    private const string Name = "librdkafka";
    private static readonly string[] Builds = ["librdkafka.so", "centos8-librdkafka.so"];
    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>Call before opening the first Kafka client; repeated calls cost nothing.</summary>
    /// <exception cref="KafkaStreamException">The loaded library is too old, or none could be loaded.</exception>
    public static void EnsureUsable()
    {
        if (Problem.Value is { } problem)
        {
            throw new KafkaStreamException(problem);
        }
    }

    /// <summary>Null when a library of this version works with this version of Confluent.Kafka; else the remedy.</summary>
    /// <param name="loaded">Version in librdkafka's form: <c>0xMMmmrrxx</c>.</param>
    /// <param name="loadedText">The same version as text.</param>
    /// <param name="managed">Version of Confluent.Kafka, which bundles a library of the same version.</param>
    internal static string? ProblemOf(int loaded, string loadedText, Version managed) =>
        loaded >>> 16 >= ((managed.Major << 8) | managed.Minor)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"librdkafka {loadedText} was loaded, but Confluent.Kafka {managed.Major}.{managed.Minor} needs at least its own version: an older library of "
                + $"the system was loaded instead of the bundled one. Uninstall the system's (package librdkafka-dev), or restore the package librdkafka.redist");

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

    /// <summary>Beside the program when it was published for one system, otherwise in the folders of all systems.</summary>
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
