using BtcAgent.Strategies.Compilers;
using BtcAgent.Strategies.Sources;
using static BtcAgent.Strategies.Tests.SourceFolderFixture;

namespace BtcAgent.Strategies.Tests;

/// <summary>Code that compiles and must not run.</summary>
public sealed class StrategyChecksTests : IDisposable
{
    private readonly SourceFolderFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("System.IO.File.ReadAllText(\"x\")", "System.IO.File")]
    [InlineData("new System.IO.FileInfo(\"x\").Length", "System.IO.FileInfo")]
    [InlineData("Environment.MachineName", "System.Environment")]
    [InlineData("Environment.TickCount64", "System.Environment.TickCount64 is not allowed: Use TimeProvider.GetTimestamp.")]
    [InlineData("DateTime.UtcNow", "System.DateTime.UtcNow is not allowed: Use a TimeProvider")]
    [InlineData("DateTimeOffset.Now", "System.DateTimeOffset.Now is not allowed")]
    [InlineData("TimeProvider.System.GetUtcNow()", "System.TimeProvider")]
    [InlineData("TimeZoneInfo.Local", "System.TimeZoneInfo")]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp()", "Stopwatch.GetTimestamp() is not allowed")]
    [InlineData("new Random().Next()", "System.Random")]
    [InlineData("Random.Shared.Next()", "System.Random.Shared is not allowed: Use a Random with a seed")]
    [InlineData("Guid.NewGuid()", "System.Guid.NewGuid() is not allowed")]
    [InlineData("HashCode.Combine(1)", "System.HashCode")]
    [InlineData("\"a\".GetHashCode()", "System.String.GetHashCode")]
    [InlineData("typeof(string).Assembly", "System.Type")]
    [InlineData("bar.GetType()", "System.Object.GetType")]
    [InlineData("Activator.CreateInstance(typeof(string))", "System.Activator")]
    [InlineData("((Func<int>)(() => 1)).Method", "System.Delegate.Method")]
    [InlineData("System.Threading.Thread.CurrentThread", "System.Threading.Thread")]
    [InlineData("System.Threading.Tasks.Task.Run(() => 1)", "System.Threading.Tasks.Task")]
    [InlineData("System.Runtime.InteropServices.NativeLibrary.Load(\"x\")", "NativeLibrary")]
    [InlineData("GC.GetTotalMemory(true)", "System.GC")]
    [InlineData("AppContext.BaseDirectory", "System.AppContext")]
    [InlineData("System.Runtime.Loader.AssemblyLoadContext.Default", "AssemblyLoadContext")]
    public void Compile_ForbiddenCall_SaysLineAndMember(string expression, string expected)
    {
        var file = _folder.Write("tried.cs", Source($$"""return Flat($"{{{expression}}}");"""));

        var message = Refused(file);

        Assert.Contains($"{file}(6,", message, StringComparison.Ordinal);
        Assert.Contains("is not allowed", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClient")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("Microsoft.Extensions.Logging.ILogger")]
    [InlineData("Microsoft.CodeAnalysis.SyntaxTree")]
    public void Compile_TypeOfAnotherAssembly_DoesNotCompile(string type) =>
        Assert.Contains("does not exist in the namespace", Refused(_folder.Write("tried.cs", Source(members: $"private {type}? _used = null; object? U => _used;"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("private static int _count; int C => _count;", "a static member that changes is shared by all strategies")]
    [InlineData("private static int Count { get; set; }", "a static member that changes is shared by all strategies")]
    [InlineData("~Tried() { }", "a finalizer runs at an unknown time")]
    [InlineData("private async void Later() { }", "neither async nor extern methods")]
    [InlineData("private void Locked() { lock (this) { } }", "remove lock")]
    [InlineData("private unsafe int* _pointer;", "CS0227")]
    [InlineData("private dynamic? D => null;", "CS1980")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"libc\")] private static extern int getpid();", "neither async nor extern methods")]
    [InlineData("[System.Runtime.CompilerServices.ModuleInitializer] internal static void Begin() { }", "ModuleInitializerAttribute is not allowed")]
    public void Compile_ForbiddenMember_SaysWhy(string member, string expected) =>
        Assert.Contains(expected, Refused(_folder.Write("tried.cs", Source(members: member))), StringComparison.Ordinal);

    [Theory]
    [InlineData("return Long($\"{Math.Sqrt(bar.Close.ToDouble()):F2} {new List<double> { 1 }.Average()} {string.Join(',', new[] { 1 }.Select(x => x + 1))}\");")]
    [InlineData("var queue = new Queue<(int A, int B)>(); queue.Enqueue((1, 2)); foreach (var (a, b) in queue) { if (a > b) { throw new InvalidOperationException(\"no\"); } } return Flat(nameof(bar));")]
    [InlineData("Span<double> window = stackalloc double[4]; window.Sort(); return Flat($\"{window[^1]} {bar.CloseTime} {TimeSpan.FromMinutes(1)} {decimal.Round(1.5m)}\");")]
    [InlineData("return bar.Close > bar.Open ? Long(\"up\") : Keep(default(DateTimeOffset).AddDays(1).ToString());")]
    public void Compile_CodeThatComputes_IsAccepted(string onBar) =>
        Assert.Equal("tried", StrategyCompiler.Compile(StrategySource.Read(_folder.Write("tried.cs", Source(onBar)))).Definition.Name);

    [Fact]
    public void Compile_HiddenSharedState_DecidesDifferentlyAgain()
    {
        var file = _folder.Write("tried.cs", Source(
            "Seen.Add(bar.Close.ToDouble()); return Seen.Count % 7 == 0 ? Long(\"seventh\") : Flat(\"other\");",
            members: "private static readonly List<double> Seen = [];"));

        Assert.Contains("decides differently when it runs again, first at bar ", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FieldNotSaved_SaysWhereItDiffers()
    {
        var file = _folder.Write("tried.cs", Source(
            "_count++; return _count % 7 == 0 ? Long(\"seventh\") : Flat(\"other\");", members: "private int _count;"));

        var message = Refused(file);

        Assert.Contains("decides differently after SaveState and LoadState at bar 1, first at bar 7 (", message, StringComparison.Ordinal);
        Assert.Contains("write and read every field that changes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_FieldSaved_IsAccepted() => Assert.Equal("tried", StrategyCompiler.Compile(StrategySource.Read(_folder.Write("tried.cs", Source(
        "_count++; return _count % 7 == 0 ? Long(\"seventh\") : Flat(\"other\");",
        members: "private int _count;",
        save: "writer.Write(_count);",
        load: "_count = reader.ReadInt();")))).Definition.Name);

    [Fact]
    public void Compile_MoreReadThanSaved_IsRefused() => Assert.Contains(
        "cannot load the state that it saved: the state ends after",
        Refused(_folder.Write("tried.cs", Source(load: "reader.ReadInt();"))),
        StringComparison.Ordinal);

    [Fact]
    public void Compile_ThrowsOnTheWay_SaysBarAndLine()
    {
        var file = _folder.Write("tried.cs", Source("var all = new double[3]; return Flat($\"{all[_count++]}\");", members: "private int _count;"));

        var message = Refused(file);

        Assert.Contains("fails at bar 4: IndexOutOfRangeException: ", message, StringComparison.Ordinal);
        Assert.Contains($"({file}:line 6)", message, StringComparison.Ordinal);
    }

    private static string Refused(string file) =>
        Assert.Throws<StrategyException>(() => StrategyCompiler.Compile(StrategySource.Read(file))).Message;
}
