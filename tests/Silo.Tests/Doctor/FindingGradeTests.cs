using BtcAgent.Exchanges.Binance.Execution;
using BtcAgent.Silo.Doctor;

namespace BtcAgent.Silo.Tests.Doctor;

/// <summary>From which figure on a finding is a warning, or a problem.</summary>
public sealed class FindingGradeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(511, FindingGrade.Problem)]
    [InlineData(512, FindingGrade.Warning)]
    [InlineData(5_119, FindingGrade.Warning)]
    [InlineData(5_120, FindingGrade.Ok)]
    public void Space_MiBFree_IsGraded(long free, FindingGrade grade) => Assert.Equal(grade, DiskExamination.Space(free).Grade);

    [Theory]
    [InlineData(251, FindingGrade.Problem)]
    [InlineData(250, FindingGrade.Warning)]
    [InlineData(20, FindingGrade.Ok)]
    public void Speed_MillisecondsOfAFlush_IsGraded(double flush, FindingGrade grade) => Assert.Equal(grade, DiskExamination.Speed(flush).Grade);

    [Theory]
    [InlineData(511, FindingGrade.Problem)]
    [InlineData(512, FindingGrade.Warning)]
    [InlineData(1_024, FindingGrade.Ok)]
    public void Memory_MiBAllowed_IsGraded(long mib, FindingGrade grade) => Assert.Equal(grade, MachineExamination.Memory(mib).Grade);

    [Theory]
    [InlineData("256", FindingGrade.Problem)]
    [InlineData("1024", FindingGrade.Warning)]
    [InlineData("1048576", FindingGrade.Ok)]
    [InlineData("unlimited", FindingGrade.Ok)]
    public void OpenFiles_LimitOfLinux_IsGraded(string soft, FindingGrade grade) => Assert.Equal(
        grade,
        MachineExamination.OpenFiles(["Limit                     Soft Limit           Hard Limit           Units", $"Max open files            {soft}                 1048576              files"]).Grade);

    [Theory]
    [InlineData(-1, FindingGrade.Problem)]
    [InlineData(13, FindingGrade.Warning)]
    [InlineData(15, FindingGrade.Ok)]
    public void VenueKey_DaysLeft_IsGraded(int days, FindingGrade grade)
    {
        var rights = new KeyRights(MayTrade: true, MayWithdraw: false, MayTransfer: false, IsBoundToAddresses: true, Now.AddDays(days));

        var findings = VenueKeyExamination.Judge(rights, Now).ToDictionary(finding => finding.Check, finding => finding.Grade);

        Assert.Equal(grade, findings["venue-key-expiry"]);
        Assert.Equal([FindingGrade.Ok, FindingGrade.Ok, FindingGrade.Ok], new[] { "venue-key", "venue-key-withdraw", "venue-key-address" }.Select(check => findings[check]));
        Assert.DoesNotContain("venue-key-transfer", findings.Keys);
    }
}
