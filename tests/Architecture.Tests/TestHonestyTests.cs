using BtcAgent.Architecture.Tests.Rules;
using BtcAgent.Architecture.Tests.Sources;

namespace BtcAgent.Architecture.Tests;

public sealed class TestHonestyTests
{
    [Fact]
    public void Check_OurTests_AreHonest() => Violations.None(Repository.Tests.SelectMany(TestHonesty.Check));

    [Theory]
    [InlineData("[Fact] void A() { Thread.Sleep(5); }", "Thread.Sleep")]
    [InlineData("[Fact] void A() { System.Threading.Thread.Sleep(wait); }", "Thread.Sleep")]
    [InlineData("[Fact] async Task A() { await Task.Delay(50); }", "Task.Delay")]
    [InlineData("[Fact] async Task A() { await Task.Delay(50, token); }", "Task.Delay")]
    [InlineData("[Fact] async Task A() { await Task.Delay(TimeSpan.FromSeconds(1)); }", "Task.Delay")]
    [InlineData("[Fact(Skip = \"later\")] void A() { }", "Skip")]
    public void Check_DishonestTest_IsReported(string member, string expected) =>
        Violations.One(expected, TestHonesty.Check(SourceFile.Parse("tests/A.Tests/A.cs", $"class A {{ {member} }}")));

    [Theory]
    [InlineData("[Fact] async Task A() { await Task.Delay(Timeout.Infinite, token); }")]
    [InlineData("[Fact] async Task A() { await Task.Delay(TimeSpan.FromSeconds(1), time); }")]
    [InlineData("[Fact] void A() { Assert.Skip(why); }")]
    public void Check_HonestTest_IsSilent(string member) =>
        Violations.None(TestHonesty.Check(SourceFile.Parse("tests/A.Tests/A.cs", $"class A {{ {member} }}")));
}
