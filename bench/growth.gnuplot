# Draws what bench/growth measured, log-log: seconds to the left, peak memory to the right. The dotted
# line, through the largest CSV export, grows as fast as the estate: what runs beside it is linear.
#   gnuplot -e "data='build/growth.csv'; picture='build/growth.svg'" bench/growth.gnuplot
if (!exists("data")) data = "build/growth.csv"
if (!exists("picture")) picture = "build/growth.svg"

set terminal svg size 900,400 enhanced font "sans-serif,12" background "white"
set output picture
set datafile separator ","
set logscale xy
set format x "10^{%L}"
set xlabel "configuration items"
set xrange [7e3:1.5e7]
set key top left reverse Left
set grid xtics ytics linecolor "#dddddd"
set style line 1 linecolor "#1f6f8b" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor "#c8553d" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor "#888888" dashtype 3

# The rows of one format: other rows are no number.
seconds(format) = strcol(2) eq format ? column(4) : NaN
memory(format) = strcol(2) eq format ? column(5) : NaN
# What the largest CSV export takes an item.
item_seconds = real(system("awk -F, '$2 == \"csv\" { last = $4 / $1 } END { printf \"%.9f\", last }' ".data))
item_memory = real(system("awk -F, '$2 == \"csv\" { last = $5 / $1 } END { printf \"%.9f\", last }' ".data))
# Rows of the other format must not break the lines.
set datafile missing NaN

set multiplot layout 1,2
set ylabel "seconds"
plot data using 1:(seconds("csv")) with linespoints linestyle 1 title "CSV", \
     data using 1:(seconds("json")) with linespoints linestyle 2 title "Table API JSON", \
     item_seconds * x with lines linestyle 3 title "in proportion"
set ylabel "peak memory, MB"
plot data using 1:(memory("csv")) with linespoints linestyle 1 title "CSV", \
     data using 1:(memory("json")) with linespoints linestyle 2 title "Table API JSON", \
     item_memory * x with lines linestyle 3 title "in proportion"
unset multiplot
