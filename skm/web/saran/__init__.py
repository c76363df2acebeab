"""The public page under /saran: what the office answered to a remark, by the code of its writer."""
