using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Research;

/// <summary>Checks the ranges that the attributes of options declare.</summary>
internal static class DeclaredRanges
{
    /// <exception cref="ArgumentException">A value is out of its range; the message names it.</exception>
    public static void Check(object options)
    {
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (ValidationException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }
}
