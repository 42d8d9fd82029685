package javax.xml.bind;

import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;

/** What PDFBox asks of a library that Java no longer brings along: the values in the metadata. */
public class DatatypeConverter {
    public static int parseInt(String digits) {
        return Integer.parseInt(digits);
    }

    public static Calendar parseDateTime(String date) {
        return GregorianCalendar.from(OffsetDateTime.parse(date).toZonedDateTime());
    }
}
