using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace BtcAgent.Domain.Risk;

/// <summary>A numeric member of <see cref="RiskLimits"/> with the range of its <see cref="RangeAttribute"/>.</summary>
internal sealed class NumberLimit
{
    private readonly PropertyInfo _property;
    private readonly Type _number;
    private readonly decimal _min;
    private readonly decimal _max;

    /// <param name="property">A <see cref="decimal"/> or <see cref="int"/> property, nullable where the limit is
    /// optional.</param>
    public NumberLimit(PropertyInfo property)
    {
        _property = property;
        _number = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var range = property.GetCustomAttribute<RangeAttribute>()!;
        _min = Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture);
        _max = Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture);
    }

    public string Name => _property.Name;

    public decimal? Get(RiskLimits limits) =>
        _property.GetValue(limits) is { } value ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Sets the value; check <see cref="Problem"/> first.</summary>
    public void Set(RiskLimits limits, decimal value) =>
        _property.SetValue(limits, Convert.ChangeType(value, _number, CultureInfo.InvariantCulture));

    /// <summary>Why the value is refused; null when it is allowed.</summary>
    public string? Problem(decimal value) =>
        value < _min || value > _max ? string.Create(CultureInfo.InvariantCulture, $"{Name} takes {_min}…{_max}, not {value}")
        : _number == typeof(int) && value != decimal.Truncate(value)
            ? string.Create(CultureInfo.InvariantCulture, $"{Name} takes a whole number of {_min}…{_max}, not {value}")
        : null;
}
