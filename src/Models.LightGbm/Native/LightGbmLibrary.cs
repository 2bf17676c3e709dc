using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Loads the native library once and makes its idle threads sleep instead of spin.</summary>
public static unsafe partial class LightGbmLibrary
{
    private static readonly Lazy<string?> Problem = new(Load);

    /// <param name="whyNot">Problem and remedy in one line.</param>
    public static bool TryLoad([NotNullWhen(false)] out string? whyNot)
    {
        whyNot = Problem.Value;
        return whyNot is null;
    }

    /// <exception cref="LightGbmException">The library cannot be loaded here.</exception>
    internal static void EnsureLoaded()
    {
        if (!TryLoad(out var whyNot))
        {
            throw new LightGbmException(whyNot);
        }
    }

    private static string? Load()
    {
        if (OperatingSystem.IsLinux())
        {
            // OpenMP reads its environment when it is loaded, and .NET's SetEnvironmentVariable does not change the native
            // one.
            _ = SetEnv("OMP_WAIT_POLICY", "passive", overwrite: 0);
        }

        try
        {
            LightGbmApi.Check(LightGbmApi.RegisterLogCallback(&Silence));
            return null;
        }
        catch (DllNotFoundException e)
        {
            return e.Message.Contains("libgomp", StringComparison.Ordinal)
                ? "native LightGBM needs the OpenMP runtime: apt-get install libgomp1"
                : $"native LightGBM cannot be loaded here: {e.Message.ReplaceLineEndings(" ")}";
        }
        catch (Exception e) when (e is BadImageFormatException or EntryPointNotFoundException)
        {
            return $"native LightGBM does not run on this machine: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>Discards LightGBM's console output; errors are returned instead.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Silence(byte* message)
    {
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
