//! What the screen shows, as plain data. 
