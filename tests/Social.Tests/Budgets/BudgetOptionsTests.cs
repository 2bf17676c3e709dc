using System.ComponentModel.DataAnnotations;
using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.Budgets;

public sealed class BudgetOptionsTests
{
    [Theory]
    [InlineData(0.7, 0.9, false)]
    [InlineData(0.9, 0.9, false)]
    [InlineData(0.91, 0.9, true)]
    public void Validate_SampleAfterCounts_SaysSo(double sampleFrom, double countsFrom, bool isWrong)
    {
        var options = new BudgetOptions { SampleFromShare = sampleFrom, CountsFromShare = countsFrom };
        var problems = new List<ValidationResult>();
        Assert.Equal(!isWrong, Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true));
        Assert.Equal(isWrong, problems.Any(problem => problem.ErrorMessage!.Contains("SampleFromShare", StringComparison.Ordinal)));
    }

    /// <summary>X does not say whether the author of a post is charged, so that it counts until a bill shows otherwise.</summary>
    [Fact]
    public void PriceOf_Posts_HasTheAuthor() => Assert.Equal(0.015m, new BudgetOptions().PriceOf(BudgetUse.Posts));
}
