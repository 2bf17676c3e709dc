using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Domain.Execution.Twins;

/// <summary>Window of the comparison between live orders and their simulated twins.</summary>
public sealed class TwinOptions : IValidatableObject
{
    /// <summary>Age at which a comparison no longer counts, in minutes, 1…10,080. Default 60.</summary>
    [Range(1.0, 10_080.0)]
    public double WindowMinutes { get; set; } = 60;

    /// <summary>Number of newest orders in an average, 1…10,000. Default 200.</summary>
    [Range(1, 10_000)]
    public int Window { get; set; } = 200;

    /// <summary>Orders in the window that an average needs, 1…10,000, at most <see cref="Window"/>. Default 20.</summary>
    [Range(1, 10_000)]
    public int MinOrders { get; set; } = 20;

    /// <summary>
    /// Time that a twin may continue after its live order has ended, in milliseconds, 0…3,600,000. Default 5,000.
    /// </summary>
    [Range(0, 3_600_000)]
    public int TwinGraceMs { get; set; } = 5_000;

    /// <summary>Refuses an average that needs more orders than are kept, since it would never count.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinOrders > Window)
        {
            yield return new ValidationResult($"MinOrders is {MinOrders}, more than the Window of {Window} orders: set it to {Window} or less.", [nameof(MinOrders)]);
        }
    }
}
